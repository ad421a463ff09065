using System.Runtime.InteropServices;

namespace Lading.Layout;

/// <summary>Flushes a folder's entries to disk: only then is a renamed file safe from a power failure (POSIX, "fsync").</summary>
internal static class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>
    /// Flushes a folder if the system supports it; Windows and some file systems do not, and need it less.
    /// </summary>
    public static void Try(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor >= 0)
        {
            _ = Flush(descriptor);
            _ = Close(descriptor);
        }
    }

    [DllImport(
        "libc",
        EntryPoint = "open",
        CharSet = CharSet.Ansi,
        BestFitMapping = false,
        ThrowOnUnmappableChar = true
    )]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
