using Lading.Context;

namespace Lading.Configuration.Proposals;

/// <summary>
/// The build of a Dockerfile as another tool's file in the repository defines it. All paths are from the top of the
/// repository.
/// </summary>
/// <param name="Dockerfile">The Dockerfile.</param>
/// <param name="Context">The folder of its build context; empty for the top.</param>
/// <param name="Source">The file that defines it.</param>
internal sealed record DeclaredBuild(string Dockerfile, string Context, string Source)
{
    /// <summary>Named build contexts that are folders, by name.</summary>
    public IReadOnlyDictionary<string, string> Contexts { get; init; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The stage to build; null for the last.</summary>
    public string? Target { get; init; }

    /// <summary>Whether it is from a compose file, which is for development and often builds another stage.</summary>
    public bool IsForTrying { get; init; }

    /// <summary>
    /// The build that keys of a file define: <c>context</c>, <c>dockerfile</c> and <c>target</c>; null if only a tool can evaluate it.
    /// </summary>
    public static DeclaredBuild? OfFields(string path, IReadOnlyDictionary<string, string> fields) =>
        Find(path, fields.GetValueOrDefault("context", "."), fields.GetValueOrDefault("dockerfile")) is { } build
            ? build with
            {
                Target = fields.GetValueOrDefault("target"),
            }
            : null;

    /// <param name="path">The file that defines it, whose folder the context is relative to.</param>
    /// <param name="context">As written.</param>
    /// <param name="dockerfile">Relative to the context; null for <c>Dockerfile</c>.</param>
    public static DeclaredBuild? Find(string path, string context, string? dockerfile) =>
        FindWithin(TrackedFiles.FolderOf(path), context) is { } folder
        && FindWithin(folder, dockerfile ?? "Dockerfile") is { } file
            ? new DeclaredBuild(file, folder, path)
            : null;

    /// <summary>A path from the top; null if it is outside the repository, or only a tool can evaluate it.</summary>
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
