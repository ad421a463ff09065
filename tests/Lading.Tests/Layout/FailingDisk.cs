using Lading.Layout;
using Microsoft.Win32.SafeHandles;

namespace Lading.Tests.Layout;

/// <summary>A disk whose power fails: what was written to a file after its last flush is then lost.</summary>
/// <param name="lasting">As many calls are carried out before the power fails.</param>
internal sealed class FailingDisk(int lasting) : IDisk
{
    // Of a file that is on the disk as it is: each write after the flush sets another time.
    private static readonly DateTime Flushed = new(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private int left = lasting;

    public string? Session { get; } = Guid.NewGuid().ToString("N");

    /// <summary>False once the power has failed.</summary>
    public bool IsOn => left > 0;

    public void BeginFlush(SafeFileHandle file) => Use();

    public void Flush(SafeFileHandle file)
    {
        Use();
        File.SetLastWriteTimeUtc(file, Flushed);
    }

    public void FlushFolder(string folder) => Use();

    /// <summary>Leaves what the disk holds: of a file that was not flushed, the name and the first bytes.</summary>
    public static void LosePower(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (File.GetLastWriteTimeUtc(path) != Flushed)
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
                file.SetLength(file.Length / 2);
            }
        }
    }

    private void Use()
    {
        if (--left < 0)
        {
            throw new PowerFailedException();
        }
    }
}

internal sealed class PowerFailedException : Exception;
