using System.Globalization;
using Lading.Oci;
using Lading.Server.Memory;
using Lading.Testing;

namespace Lading.Tests.Server;

/// <summary>An idle registry gives back the memory that it needed to start or for the last requests.</summary>
public sealed class GivingBackMemory
{
    private static readonly TimeSpan Almost = IdleTimer.Length - TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(2);
    private readonly ManualTime time = new();
    private int acts;

    [Fact]
    public void Memory_is_given_back_once_after_the_start()
    {
        using var quiet = new IdleTimer(time, () => acts++);

        time.Advance(Almost);
        Assert.Equal(0, acts);

        time.Advance(Moment);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, acts);
    }

    [Fact]
    public void Memory_is_given_back_once_after_the_last_of_several_requests()
    {
        using var quiet = new IdleTimer(time, () => acts++);
        quiet.Begin();
        quiet.Begin();
        time.Advance(TimeSpan.FromHours(1));
        quiet.End();
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, acts);

        quiet.End();
        time.Advance(Almost);
        Assert.Equal(0, acts);

        time.Advance(Moment);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, acts);
    }

    [Fact]
    public void Only_unchanged_pages_of_the_file_are_given_back()
    {
        var found = MappedFile.Unchanged(
            """
            55d0c0a00000-55d0c0a10000 r--p 00000000 fe:00 1234                       /opt/a program/lading
            Size:                 64 kB
            Anonymous:             0 kB
            Swap:                  0 kB
            55d0c0a10000-55d0c0a30000 r-xp 00010000 fe:00 1234                       /opt/a program/lading
            Anonymous:             0 kB
            Swap:                  0 kB
            VmFlags: rd ex mr mw me sd
            55d0c0a30000-55d0c0a31000 r--p 00030000 fe:00 1234                       /opt/a program/lading
            Anonymous:             4 kB
            Swap:                  0 kB
            55d0c0a31000-55d0c0a32000 r--p 00031000 fe:00 1234                       /opt/a program/lading
            Anonymous:             0 kB
            Swap:                  4 kB
            55d0c0a32000-55d0c0a33000 r--p 00032000 fe:00 1234                       /opt/a program/lading
            Size:                  4 kB
            55d0c0a33000-55d0c0a34000 rw-p 00033000 fe:00 1234                       /opt/a program/lading
            Anonymous:             0 kB
            Swap:                  0 kB
            7f0000000000-7f0000001000 r-xs 00000000 00:01 77                         /memfd:doublemapper (deleted)
            Anonymous:             0 kB
            Swap:                  0 kB
            7f0000001000-7f0000002000 r--p 00000000 00:00 0
            Anonymous:             0 kB
            Swap:                  0 kB
            7ffd00000000-7ffd00002000 r-xp 00000000 00:00 0                          [vdso]
            Anonymous:             0 kB
            Swap:                  0 kB
            7ffd00002000-7ffd00003000 r--p 00000000 fe:00 99                         /lib/libc.so.6
            Anonymous:             0 kB
            Swap:                  0 kB
            """.Split('\n'),
            "/opt/a program/lading"
        );

        Assert.Equal(
            ["55d0c0a00000+10000", "55d0c0a10000+20000"],
            found.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Start:x}+{each.Length:x}"))
        );
    }

    [Fact]
    public void Used_memory_comes_back()
    {
        var kept = Enumerable.Range(0, 1000).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToList();

        ProcessMemory.GiveBack();

        Assert.Equal("999", kept[^1]);
        Assert.Equal(64, Digest.OfBytes("after"u8).Hex.Length);
    }
}
