using System.Text;

namespace Lading.Configuration.Proposals;

/// <summary>Names for images, from the paths of their Dockerfiles.</summary>
internal static class ProposedNames
{
    /// <summary>Folders whose names say nothing about their contents.</summary>
    private static readonly string[] Generic = ["app", "build", "container", "docker", "image", "images", "src"];

    /// <summary>A distinct name for each Dockerfile.</summary>
    /// <param name="dockerfiles">From the top of the repository.</param>
    /// <param name="project">The name for a Dockerfile at the top.</param>
    public static IReadOnlyList<string> For(IReadOnlyList<string> dockerfiles, string project)
    {
        var candidates = dockerfiles.Select(path => Candidates(path, project)).ToList();
        var names = new List<string>();
        foreach (var own in candidates)
        {
            var free = own.FirstOrDefault(name => candidates.Count(other => other.Contains(name)) == 1) ?? own[^1];
            var name = free;
            for (var number = 2; names.Contains(name, StringComparer.Ordinal); number++)
            {
                name = $"{free}-{number}";
            }

            names.Add(name);
        }

        return names;
    }

    /// <summary>A text as a name; empty if it has no valid character.</summary>
    public static string Clean(string text)
    {
        var name = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                name.Append(c);
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        return name.ToString(0, Math.Min(name.Length, 50)).Trim('-');
    }

    /// <summary>
    /// Candidates for a Dockerfile's name, the shortest first: its own (<c>api.Dockerfile</c>) or its folder's, then with the folders
    /// above.
    /// </summary>
    private static List<string> Candidates(string path, string project)
    {
        var parts = TrackedFiles.FolderOf(path).Split('/').Select(Clean).Where(part => part.Length > 0).ToList();
        var file = TrackedFiles.NameOf(path);
        var own = Clean(
            file.EndsWith(".Dockerfile", StringComparison.OrdinalIgnoreCase) ? file[..^".Dockerfile".Length]
            : file.Contains('.', StringComparison.Ordinal) ? file[(file.IndexOf('.', StringComparison.Ordinal) + 1)..]
            : ""
        );
        if (own.Length > 0)
        {
            parts.Add(own);
        }

        while (parts.Count > 0 && Generic.Contains(parts[^1], StringComparer.Ordinal) && own.Length == 0)
        {
            parts.RemoveAt(parts.Count - 1);
        }

        return parts.Count == 0
            ? [project]
            : [.. Enumerable.Range(1, parts.Count).Select(count => string.Join('-', parts.TakeLast(count)))];
    }
}
