using Lading.Context;

namespace Lading.Configuration.Proposals;

/// <summary>The files that git tracks or would track, by their paths from the top of the repository.</summary>
internal sealed class TrackedFiles
{
    private readonly SortedSet<string> files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> folders = new(StringComparer.Ordinal) { "" };

    public TrackedFiles(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            files.Add(path);
            for (var folder = FolderOf(path); folders.Add(folder); folder = FolderOf(folder))
            {
                // Each parent folder is included.
            }
        }
    }

    public IEnumerable<string> Files => files;

    /// <summary>The folder of a path; empty for the top.</summary>
    public static string FolderOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    /// <summary>The name of a path's last part.</summary>
    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Whether a source of <c>COPY</c>, possibly with wildcards, matches something in a folder.</summary>
    public bool Has(string folder, string source)
    {
        var path = CleanPath.Of($"/{source}")[1..];
        var full = folder.Length == 0 || path.Length == 0 ? folder + path : $"{folder}/{path}";
        if (files.Contains(full) || folders.Contains(full))
        {
            return true;
        }

        if (path.AsSpan().IndexOfAny('*', '?', '[') < 0)
        {
            return false;
        }

        try
        {
            var pattern = IgnorePattern.Parse(full, isException: false);
            return files.Concat(folders).Any(path => pattern.Matches(path));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
