using System.Text.Json.Serialization;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>An image in the <c>manifest.json</c> of a Docker archive.</summary>
internal sealed record DockerArchiveEntry
{
    /// <summary>The file of its configuration.</summary>
    [JsonPropertyName("Config")]
    public string Config { get; init; } = "";

    /// <summary>Its names with tags; null or empty if there are none.</summary>
    [JsonPropertyName("RepoTags")]
    public IReadOnlyList<string>? RepoTags { get; init; }

    /// <summary>The files of its layers, the lowest first.</summary>
    [JsonPropertyName("Layers")]
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>The image with a name, or the only one.</summary>
    /// <exception cref="FormatException">There is none, or more than one.</exception>
    public static DockerArchiveEntry Pick(IReadOnlyList<DockerArchiveEntry> images, ImageReference? name)
    {
        var matching = images.Where(image => name is null || image.IsNamed(name)).ToList();
        return matching is [var only]
            ? only
            : throw new FormatException(
                images.Count == 0
                    ? "it holds no image"
                    : $"it holds {(matching.Count == 0 ? "no image of that name" : "several images")}: {string.Join(", ", images.SelectMany(image => image.RepoTags ?? []).DefaultIfEmpty("without names"))}"
            );
    }

    private bool IsNamed(ImageReference name) =>
        (RepoTags ?? []).Any(text =>
            ImageReference.TryParse(text, out var own)
            && own.Host == name.Host
            && own.Repository == name.Repository
            && own.Manifest == name.Manifest
        );
}
