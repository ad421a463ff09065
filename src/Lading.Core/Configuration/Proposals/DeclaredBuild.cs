using Lading.Context;

namespace Lading.Configuration.Proposals;

/// <summary>How another tool of the repository builds a Dockerfile. All paths are from the top of the repository.</summary>
/// <param name="Dockerfile">The Dockerfile.</param>
/// <param name="Context">The folder of its build context; empty for the top.</param>
/// <param name="Source">The file that says so.</param>
internal sealed record DeclaredBuild(string Dockerfile, string Context, string Source)
{
    /// <summary>Folders that are named build contexts, by their names.</summary>
    public IReadOnlyDictionary<string, string> Contexts { get; init; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The stage that is built; null for the last one.</summary>
    public string? Target { get; init; }

    /// <summary>Whether it is what people build to try things, often a stage of its own: a compose file's.</summary>
    public bool IsForTrying { get; init; }

    /// <summary>The build that keys of a file tell: <c>context</c>, <c>dockerfile</c> and <c>target</c>; null if only a tool can tell.</summary>
    public static DeclaredBuild? OfFields(string path, IReadOnlyDictionary<string, string> fields) =>
        Find(path, fields.GetValueOrDefault("context", "."), fields.GetValueOrDefault("dockerfile")) is { } build
            ? build with
            {
                Target = fields.GetValueOrDefault("target"),
            }
            : null;

    /// <param name="path">The file that says so, whose folder the context begins in.</param>
    /// <param name="context">As written.</param>
    /// <param name="dockerfile">From the context; null for <c>Dockerfile</c>.</param>
    public static DeclaredBuild? Find(string path, string context, string? dockerfile) =>
        FindWithin(TrackedFiles.FolderOf(path), context) is { } folder
        && FindWithin(folder, dockerfile ?? "Dockerfile") is { } file
            ? new DeclaredBuild(file, folder, path)
            : null;

    /// <summary>A path from the top; null if it is none of the repository, or only a tool can tell.</summary>
    public static string? FindWithin(string folder, string path)
    {
        if (
            path.Length == 0
            || path.Contains('$', StringComparison.Ordinal)
            || path.Contains("{{", StringComparison.Ordinal)
            || path.Contains(':', StringComparison.Ordinal)
            || path[0] is '/' or '~'
        )
        {
            return null;
        }

        var cleaned = CleanPath.Of($"{folder}/{path}".TrimStart('/'));
        return cleaned == "." ? ""
            : cleaned.StartsWith("..", StringComparison.Ordinal) ? null
            : cleaned;
    }
}
