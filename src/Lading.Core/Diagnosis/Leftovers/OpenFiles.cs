namespace Lading.Diagnosis.Leftovers;

/// <summary>The files that processes on this machine have open, as far as this user can see (Linux: proc(5)).</summary>
internal sealed class OpenFiles
{
    private readonly HashSet<string> paths = new(StringComparer.Ordinal);

    private OpenFiles() { }

    public static OpenFiles Read()
    {
        var open = new OpenFiles();
        if (!Directory.Exists("/proc/self/fd"))
        {
            return open;
        }

        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (char.IsAsciiDigit(Path.GetFileName(process)[0]))
            {
                open.Add(process);
            }
        }

        return open;
    }

    /// <summary>Whether a process has a file open, or one in a folder, or has the folder as its working directory.</summary>
    public bool Has(string path) =>
        paths.Contains(path)
        || paths.Any(each => each.StartsWith(path + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    private void Add(string process)
    {
        try
        {
            foreach (var entry in new DirectoryInfo(Path.Combine(process, "fd")).EnumerateFileSystemInfos())
            {
                AddTarget(entry);
            }

            AddTarget(new FileInfo(Path.Combine(process, "cwd")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or belongs to another user.
        }
    }

    private void AddTarget(FileSystemInfo link)
    {
        if (link.LinkTarget is ['/', ..] target)
        {
            paths.Add(target);
        }
    }
}
