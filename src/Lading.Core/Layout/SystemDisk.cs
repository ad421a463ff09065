using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lading.Layout;

/// <summary>The disk of the operating system.</summary>
internal sealed class SystemDisk : IDisk
{
    private const string BootFile = "/proc/sys/kernel/random/boot_id";
    private const uint BeginToWrite = 2;
    private readonly Lazy<string?> session = new(FindSession);

    private SystemDisk() { }

    public static SystemDisk Instance { get; } = new();

    public string? Session => session.Value;

    public void BeginFlush(SafeFileHandle file)
    {
        if (OperatingSystem.IsLinux())
        {
            // A hint: the flush does whatever it does not.
            _ = BeginFlush(file, 0, 0, BeginToWrite);
        }
    }

    public void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    public void FlushFolder(string folder) => FolderFlush.Try(folder);

    private static string? FindSession()
    {
        try
        {
            return OperatingSystem.IsLinux() && Guid.TryParse(File.ReadAllText(BootFile), out var boot)
                ? boot.ToString("N")
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "sync_file_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int BeginFlush(SafeFileHandle file, long offset, long length, uint flags);
}
