using System.Globalization;
using System.Text.Json.Nodes;
using Lading.Git;

namespace Lading.Provenance;

/// <summary>
/// Compares the inputs that an image was built from with those that newer rules find. What the build saw counts, not
/// how the rules found it.
/// </summary>
internal static class ProvenanceComparison
{
    /// <summary>How they differ, as a clause about the published image; null if they do not.</summary>
    /// <param name="published">The statement of the published image.</param>
    /// <param name="now">The inputs by the newest rules.</param>
    public static string? FindDifference(ImageProvenance published, ImageProvenance now)
    {
        if (!JsonNode.DeepEquals(published.Parameters, now.Parameters))
        {
            return "its definition was different";
        }

        if (published.Dockerfile?.Digest != now.Dockerfile?.Digest)
        {
            return "its Dockerfile was different";
        }

        var bases = published.Bases.ToDictionary(each => each.Reference, each => each.Counting, StringComparer.Ordinal);
        if (
            bases.Count != now.Bases.Count
            || now.Bases.Any(each => !bases.TryGetValue(each.Reference, out var digest) || digest != each.Counting)
        )
        {
            return "its bases were others";
        }

        return FilesOf(published, now);
    }

    private static string? FilesOf(ImageProvenance published, ImageProvenance now)
    {
        var before = published.Files.ToDictionary(file => file.Key);
        var after = now.Files.ToDictionary(file => file.Key);
        return Clause(
                [.. published.Files.Where(file => !after.ContainsKey(file.Key))],
                "was an input, and no longer is"
            )
            ?? Clause([.. now.Files.Where(file => !before.ContainsKey(file.Key))], "was not an input, and now is")
            ?? Clause(
                [.. now.Files.Where(file => before[file.Key].Id != file.Id || before[file.Key].Mode != file.Mode)],
                "had other content"
            );
    }

    private static string? Clause(IReadOnlyList<FileRecord> files, string what) =>
        files.Count == 0 ? null
        : files.Count == 1 ? $"{files[0].FullPath} {what}"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{files.MinBy(file => file.FullPath, ByteOrder.Comparer)!.FullPath} and {files.Count - 1} more {what}"
        );
}
