using Lading.Context;

namespace Lading.Cli.Docker;

/// <summary>
/// Copies the files of a build context that are not excluded, keeping only contents, names and the executable bit, as
/// Lading's checkouts do: the same files then give the same layers.
/// </summary>
/// <param name="rules">The exclusion rules.</param>
/// <param name="own">A folder that is never copied: the folder of the copies, which may be in the context.</param>
internal sealed class ContextCopy(IgnoreRules rules, string own)
{
    // As in Lading.Context.CleanCheckout.
    private static readonly DateTime FileTime = new(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Executable =
        Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly IgnoreRules.Matcher matcher = rules.CreateMatcher();
    private readonly string own = Real(own);

    /// <summary>Copies a folder with everything below it that is not excluded.</summary>
    /// <param name="from">The folder.</param>
    /// <param name="to">The target; it need not exist.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public void Write(string from, string to, CancellationToken cancellationToken)
    {
        Create(to);
        Write(new DirectoryInfo(Real(from)), to, "", cancellationToken);
    }

    private void Write(DirectoryInfo from, string to, string prefix, CancellationToken cancellationToken)
    {
        foreach (var item in from.EnumerateFileSystemInfos())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = prefix + item.Name;
            var target = Path.Combine(to, item.Name);
            if (item is DirectoryInfo folder && folder.LinkTarget is null)
            {
                WriteFolder(folder, target, path, cancellationToken);
            }
            else if (!matcher.IsIgnored(path))
            {
                // The folder may be excluded, and this file be an exception.
                Create(to);
                WriteFile(item, target);
            }
        }
    }

    private void WriteFolder(DirectoryInfo from, string to, string path, CancellationToken cancellationToken)
    {
        if (matcher.ExcludesAllOf(path) || from.FullName == own)
        {
            return;
        }

        if (!matcher.IsIgnored(path))
        {
            Create(to);
        }

        Write(from, to, path + "/", cancellationToken);
    }

    private static void WriteFile(FileSystemInfo item, string target)
    {
        if (item.LinkTarget is { } link)
        {
            File.CreateSymbolicLink(target, link);
            return;
        }

        File.Copy(item.FullName, target);
        SetMode(target, IsExecutable(item.FullName) ? Executable : Readable);
        File.SetLastWriteTimeUtc(target, FileTime);
    }

    /// <summary>The path of a folder with all symbolic links resolved.</summary>
    private static string Real(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }

        var folder = new DirectoryInfo(Path.Combine(Real(parent), Path.GetFileName(full)));
        return folder.ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? Real(target.FullName)
            : folder.FullName;
    }

    private static bool IsExecutable(string path) =>
        !OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute);

    private static void Create(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            SetMode(folder, Executable);
        }
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
