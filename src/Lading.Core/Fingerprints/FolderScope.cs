using Lading.Context;

namespace Lading.Fingerprints;

/// <summary>A folder of inputs.</summary>
/// <param name="Path">From the top of the repository, ending in <c>/</c>; empty for all of it.</param>
/// <param name="Rules">What to exclude, by its path within the folder.</param>
/// <param name="Pattern">If set, only matching paths within the folder count.</param>
/// <param name="Reads">If set, only what it reads within the folder counts.</param>
internal sealed record FolderScope(
    string Path,
    IgnoreRules Rules,
    IgnorePattern? Pattern = null,
    ReadablePaths? Reads = null
)
{
    /// <summary>True if every path within it that is read counts, except for Lading's own files.</summary>
    public bool TakesAll => Rules.IsEmpty && Pattern is null;

    public bool Covers(string path) =>
        path.StartsWith(Path, StringComparison.Ordinal)
        && (Reads?.Covers(path.AsSpan(Path.Length)) ?? true)
        && CoversWithin(path.AsSpan(Path.Length), Rules.CreateMatcher());

    /// <summary>Whether a path within the folder counts, if it is read.</summary>
    public bool CoversWithin(ReadOnlySpan<char> path, IgnoreRules.Matcher matcher) =>
        !OwnFiles.Contains(path) && (Pattern?.Matches(path) ?? true) && !matcher.IsIgnored(path);
}
