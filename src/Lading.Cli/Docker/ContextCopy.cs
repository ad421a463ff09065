namespace Lading.Cli.Docker;

/// <summary>Copies a build context such that only contents, names and the executable bit are left of it, as a checkout of Lading's has it: the same files then give the same layers.</summary>
internal static class ContextCopy
{
    // As Lading.Context.CleanCheckout has it.
    private static readonly DateTime FileTime = new(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Executable =
        Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Copies a folder with all below it.</summary>
    /// <param name="from">The folder.</param>
    /// <param name="to">Where to; it need not exist.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static void Write(string from, string to, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(to);
        SetMode(to, Executable);
        foreach (var item in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var target = Path.Combine(to, item.Name);
            if (item.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(target, link);
            }
            else if (item is DirectoryInfo folder)
            {
                Write(folder.FullName, target, cancellationToken);
            }
            else
            {
                File.Copy(item.FullName, target);
                SetMode(target, IsExecutable(item.FullName) ? Executable : Readable);
                File.SetLastWriteTimeUtc(target, FileTime);
            }
        }
    }

    private static bool IsExecutable(string path) =>
        !OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
