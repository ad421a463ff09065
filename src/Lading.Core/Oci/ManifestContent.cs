using System.Text.Json;

namespace Lading.Oci;

/// <summary>
/// A manifest or index: its exact bytes and the parsed document. The bytes are never rewritten, so its digest stays the
/// same.
/// </summary>
internal sealed record ManifestContent
{
    /// <summary>The most bytes that registries accept: 4 MiB (distribution-spec 1.1, "Pushing Manifests").</summary>
    public const int MaximumSize = 4 * 1024 * 1024;

    private ManifestContent(ReadOnlyMemory<byte> bytes, string mediaType, Digest digest, ManifestDocument document)
    {
        Bytes = bytes;
        MediaType = mediaType;
        Digest = digest;
        Document = document;
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public string MediaType { get; }

    public Digest Digest { get; }

    public ManifestDocument Document { get; }

    public bool IsIndex => MediaTypes.IsIndex(MediaType);

    public Descriptor Descriptor =>
        new()
        {
            MediaType = MediaType,
            Digest = Digest,
            Size = Bytes.Length,
        };

    /// <summary>The configuration and layers of a manifest, in the order in which they are pushed; empty for an index.</summary>
    public IEnumerable<Descriptor> Blobs =>
        Document.Config is { } config ? [config, .. Document.Layers ?? []] : Document.Layers ?? [];

    /// <summary>The manifests of an index; empty for a manifest.</summary>
    public IReadOnlyList<Descriptor> Children => Document.Manifests ?? [];

    /// <summary>Its entry in the list of its subject's referrers (distribution-spec 1.1, "Listing Referrers").</summary>
    public Descriptor AsReferrer() =>
        Descriptor with
        {
            ArtifactType = Document.ArtifactType ?? Document.Config?.MediaType,
            Annotations = Document.Annotations,
        };

    /// <summary>Reads a manifest.</summary>
    /// <param name="bytes">The exact bytes.</param>
    /// <param name="mediaType">Its Content-Type; if that is null or not a manifest's, the document's own counts, if it has one.</param>
    /// <param name="algorithm">The algorithm of its digest.</param>
    /// <exception cref="FormatException">The bytes are not a manifest.</exception>
    public static ManifestContent Parse(
        ReadOnlyMemory<byte> bytes,
        string? mediaType = null,
        DigestAlgorithm algorithm = DigestAlgorithm.Sha256
    )
    {
        ManifestDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(bytes.Span, OciJson.Default.ManifestDocument);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The manifest is not understood: {JsonFault.Of(e)}", e);
        }

        if (document is null)
        {
            throw new FormatException("The manifest is not understood: it is null.");
        }

        if (DescriptorsOf(document).Any(item => item.Size < 0))
        {
            throw new FormatException("The manifest is not understood: it names a size below zero.");
        }

        var knownType = MediaTypes.Manifests.Contains(mediaType, StringComparer.Ordinal)
            ? mediaType
            : document.MediaType;
        knownType ??= MediaTypes.IsGeneric(mediaType) ? null : mediaType;
        return new ManifestContent(
            bytes,
            knownType ?? (document.Manifests is null ? MediaTypes.OciManifest : MediaTypes.OciIndex),
            Digest.OfBytes(bytes.Span, algorithm),
            document
        );
    }

    private static IEnumerable<Descriptor> DescriptorsOf(ManifestDocument document) =>
        (document.Layers ?? []).Concat(document.Manifests ?? []).Concat(document.Config is { } config ? [config] : []);

    /// <summary>Serializes a document as a manifest: minimal JSON in the order of the specification's examples.</summary>
    public static ManifestContent Of(ManifestDocument document) =>
        Parse(JsonSerializer.SerializeToUtf8Bytes(document, OciJson.Plain.ManifestDocument), document.MediaType);
}
