namespace Lading.Git;

/// <summary>Where a path of the file system leads once symbolic links are followed (realpath(3)); parts that are not there stay as they are.</summary>
internal static class RealPath
{
    /// <summary>The most that Linux follows before it calls them a loop.</summary>
    private const int MostLinks = 40;

    public static string Of(string path)
    {
        var links = 0;
        return Of(Path.GetFullPath(path), ref links);
    }

    /// <summary>Whether a path lies in a folder, once links in both are followed.</summary>
    public static bool IsWithin(string path, string folder)
    {
        var relative = Path.GetRelativePath(Of(folder), Of(path));
        return relative != ".."
            && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !Path.IsPathRooted(relative);
    }

    private static string Of(string full, ref int links)
    {
        var at = Path.GetPathRoot(full)!;
        foreach (
            var name in full[at.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var next = Path.Combine(at, name);
            at =
                new FileInfo(next).LinkTarget is { } target && ++links <= MostLinks
                    ? Of(Path.GetFullPath(target, at), ref links)
                    : next;
        }

        return at;
    }
}
