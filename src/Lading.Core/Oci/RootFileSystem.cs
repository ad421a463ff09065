using System.Text.Json.Serialization;

namespace Lading.Oci;

/// <summary>The digests of the layers' uncompressed bytes (image-spec 1.1, "Layer DiffID").</summary>
internal sealed record RootFileSystem
{
    [JsonPropertyName("type")]
    public string Type { get; init; } = "layers";

    [JsonPropertyName("diff_ids")]
    public required IReadOnlyList<string> DiffIds { get; init; }
}
