using System.Text.Json.Nodes;
using Lading.Oci;

namespace Lading.Testing.Conformance;

/// <summary>A manifest of a <see cref="ManifestSet"/>: its bytes, its tag, and what it refers to.</summary>
internal sealed record PushedManifest(byte[] Bytes, string MediaType, string Algorithm = "sha256")
{
    /// <summary>Null if it is pushed by digest.</summary>
    public string? Tag { get; init; }

    public Digest? Subject { get; init; }

    /// <summary>As the list of referrers must show it.</summary>
    public string? ArtifactType { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public Digest Digest => Wire.DigestOf(Bytes, Algorithm);

    public string Reference => Tag ?? Digest.ToString();

    public JsonObject Descriptor => DescriptorOf(Digest, Bytes.Length, MediaType);

    public static JsonObject DescriptorOf(Digest digest, int size, string mediaType) =>
        new()
        {
            ["mediaType"] = mediaType,
            ["digest"] = digest.ToString(),
            ["size"] = size,
        };
}
