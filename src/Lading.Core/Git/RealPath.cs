namespace Lading.Git;

/// <summary>Resolves symbolic links in a path of the file system (realpath(3)); parts that do not exist stay as they are.</summary>
internal static class RealPath
{
    /// <summary>Linux's limit for following links.</summary>
    private const int MaxLinks = 40;

    public static string Of(string path)
    {
        var links = 0;
        return Of(Path.GetFullPath(path), ref links);
    }

    /// <summary>Whether a path is in a folder, with links in both followed.</summary>
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
                new FileInfo(next).LinkTarget is { } target && ++links <= MaxLinks
                    ? Of(Path.GetFullPath(target, at), ref links)
                    : next;
        }

        return at;
    }
}
