using Lading.Git;

namespace Lading.Context;

/// <summary>Writes files of a git tree into a folder, with the same bytes, modes and times on every machine.</summary>
internal static class CleanCheckout
{
    /// <summary>
    /// The time of every file, which engines copy into layers. ZIP archives, which builds may create, have no earlier
    /// times.
    /// </summary>
    public static readonly DateTime FileTime = new(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable =
        Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Writes files.</summary>
    /// <param name="objects">The repository's objects.</param>
    /// <param name="files">The files; paths relative to <paramref name="folder"/>. Submodules become empty folders.</param>
    /// <param name="folder">Created if it does not exist.</param>
    /// <param name="cancellationToken">Cancels it; the folder is then incomplete.</param>
    /// <exception cref="LadingException">A path cannot be written here, or an object is missing.</exception>
    public static async Task WriteAsync(
        ObjectReader objects,
        IReadOnlyList<TreeEntry> files,
        string folder,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(folder);
        foreach (var file in files)
        {
            CheckoutPath.Require(file.Path);
        }

        foreach (var parent in files.Select(file => Parent(file.Path)).Where(parent => parent.Length > 0).Distinct())
        {
            CreateFolder(folder, parent);
        }

        // The folder of a submodule, whose files are written elsewhere.
        foreach (var submodule in files.Where(file => file.Mode == EntryMode.Submodule))
        {
            CreateFolder(folder, submodule.Path);
        }

        var plain = files.Where(file => file.Mode is EntryMode.File or EntryMode.Executable).ToList();
        await objects
            .CopyAsync([.. plain.Select(file => file.Id)], i => Create(folder, plain[i]), cancellationToken)
            .ConfigureAwait(false);
        foreach (var file in plain)
        {
            File.SetLastWriteTimeUtc(Path.Combine(folder, file.Path), FileTime);
        }

        // Links come last, so that no file is ever written through one.
        await WriteLinksAsync(objects, files, folder, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a file has the mode that it was written with; true if the system has no modes.</summary>
    public static bool HasMode(FileSystemInfo file, EntryMode mode) =>
        OperatingSystem.IsWindows() || file.UnixFileMode == (mode == EntryMode.Executable ? Executable : Readable);

    /// <summary>Sets the times of a folder and its subfolders, once everything is written.</summary>
    public static void SetFolderTimes(string folder)
    {
        foreach (var below in new DirectoryInfo(folder).EnumerateDirectories())
        {
            if (below.LinkTarget is null)
            {
                SetFolderTimes(below.FullName);
            }
        }

        Directory.SetLastWriteTimeUtc(folder, FileTime);
    }

    /// <summary>Refuses paths that differ only in case if the file system ignores case.</summary>
    /// <exception cref="LadingException">Two files would become one.</exception>
    public static void RequireDistinct(IReadOnlyList<TreeEntry> files, string folder)
    {
        if (IgnoresCase(folder) && FindClash(files) is { } clash)
        {
            throw new LadingException(
                "Could not write a build context",
                $"{clash.One} and {clash.Other} are one file on this machine, whose file system ignores case",
                "Rename one of them, or build on a machine that tells them apart."
            );
        }
    }

    /// <summary>Two paths, of files or parent folders, that differ only in case; null if there are none.</summary>
    public static (string One, string Other)? FindClash(IReadOnlyList<TreeEntry> files)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in files)
        {
            for (var at = file.Path; at.Length > 0; at = Parent(at))
            {
                if (!seen.TryAdd(at, at))
                {
                    if (seen[at] != at)
                    {
                        return (seen[at], at);
                    }

                    break;
                }
            }
        }

        return null;
    }

    private static bool IgnoresCase(string folder)
    {
        Directory.CreateDirectory(folder);
        var name = Path.GetFileName(folder.TrimEnd(Path.DirectorySeparatorChar));
        var swapped = name.Any(char.IsLower) ? name.ToUpperInvariant() : name.ToLowerInvariant();
        var other = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder))!, swapped);
        return !string.Equals(swapped, name, StringComparison.Ordinal) && Directory.Exists(other);
    }

    private static async Task WriteLinksAsync(
        ObjectReader objects,
        IReadOnlyList<TreeEntry> files,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var links = files.Where(file => file.Mode == EntryMode.SymbolicLink).ToList();
        var targets = await objects
            .FindAllAsync([.. links.Select(link => link.Id.ToString())], cancellationToken)
            .ConfigureAwait(false);
        for (var i = 0; i < links.Count; i++)
        {
            File.CreateSymbolicLink(Path.Combine(folder, links[i].Path), GitPath.Decode(targets[i]!.Content));
        }
    }

    private static FileStream Create(string folder, TreeEntry file)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        var stream = new FileStream(Path.Combine(folder, file.Path), options);
        if (!OperatingSystem.IsWindows())
        {
            // Set explicitly rather than on creation: the user's umask must not affect a layer.
            File.SetUnixFileMode(stream.SafeFileHandle, file.Mode == EntryMode.Executable ? Executable : Readable);
        }

        return stream;
    }

    private static void CreateFolder(string root, string path)
    {
        for (var at = path; at.Length > 0; at = Parent(at))
        {
            var full = Path.Combine(root, at);
            Directory.CreateDirectory(full);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(full, Executable);
            }
        }
    }

    private static string Parent(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];
}
