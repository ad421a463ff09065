using System.Text.Json.Nodes;
using Lading.Oci;

namespace Lading.Testing.Conformance;

/// <summary>What is pushed together: blobs, then manifests in order, tagged or not.</summary>
internal sealed class ManifestSet(string algorithm = "sha256")
{
    private const string Layer = "application/vnd.oci.image.layer.v1.tar+gzip";

    public List<byte[]> Blobs { get; } = [];

    public List<PushedManifest> Manifests { get; } = [];

    public string Algorithm => algorithm;

    /// <summary>Adds a blob.</summary>
    /// <returns>Its descriptor.</returns>
    public JsonObject Blob(byte[] bytes, string mediaType)
    {
        Blobs.Add(bytes);
        return PushedManifest.DescriptorOf(Wire.DigestOf(bytes, algorithm), bytes.Length, mediaType);
    }

    /// <summary>Adds a container image of two layers.</summary>
    public PushedManifest Image(int seed, string? tag, Action<JsonObject>? change = null, string layerType = Layer)
    {
        var config = Wire.Utf8($$"""{"architecture":"amd64","os":"linux","seed":{{seed}}}""");
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.OciManifest,
            ["config"] = Blob(config, MediaTypes.OciConfig),
            ["layers"] = new JsonArray(
                Blob(Wire.Noise(300, seed), layerType),
                Blob(Wire.Noise(200, seed + 100), layerType)
            ),
        };
        return Add(manifest, MediaTypes.OciManifest, tag, change);
    }

    /// <summary>Adds an artifact: an empty configuration, and a blob.</summary>
    public PushedManifest Artifact(int seed, string? tag, string type, Action<JsonObject>? change = null)
    {
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.OciManifest,
            ["artifactType"] = type,
            ["config"] = Blob("{}"u8.ToArray(), MediaTypes.OciEmpty),
            ["layers"] = new JsonArray(Blob(Wire.Noise(50, seed), "application/octet-stream")),
            ["annotations"] = new JsonObject { ["org.example.seed"] = $"{seed}" },
        };
        return Add(manifest, MediaTypes.OciManifest, tag, change);
    }

    /// <summary>Adds an index.</summary>
    public PushedManifest Index(string? tag, IReadOnlyList<PushedManifest> children, Action<JsonObject>? change = null)
    {
        var index = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.OciIndex,
            ["manifests"] = new JsonArray([.. children.Select(child => (JsonNode)child.Descriptor)]),
        };
        return Add(index, MediaTypes.OciIndex, tag, change);
    }

    private PushedManifest Add(JsonObject document, string mediaType, string? tag, Action<JsonObject>? change)
    {
        change?.Invoke(document);
        var manifest = new PushedManifest(Wire.Utf8(document.ToJsonString()), mediaType, algorithm)
        {
            Tag = tag,
            Subject = document["subject"] is { } subject ? Digest.Parse((string)subject["digest"]!) : null,
            ArtifactType = (string?)document["artifactType"] ?? (string?)document["config"]?["mediaType"],
            Annotations = (document["annotations"] as JsonObject)?.ToDictionary(
                annotation => annotation.Key,
                annotation => (string)annotation.Value!
            ),
        };
        Manifests.Add(manifest);
        return manifest;
    }
}
