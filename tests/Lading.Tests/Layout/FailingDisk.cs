using Lading.Layout;
using Microsoft.Win32.SafeHandles;

namespace Lading.Tests.Layout;

/// <summary>A disk whose power fails: whatever was written to a file after its last flush is lost.</summary>
/// <param name="lasting">The number of calls that succeed before the power fails.</param>
internal sealed class FailingDisk(int lasting) : IDisk
{
    // The time of a file that is wholly on disk: any write after the flush sets another time.
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

    /// <summary>Leaves what is on the disk: of a file that was not flushed, its name and the first half.</summary>
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
