namespace Lading.Oci;

/// <summary>A blob that can be read as often as need be: an upload that is interrupted opens it again.</summary>
/// <param name="Descriptor">Digest, size and media type.</param>
/// <param name="Open">Opens the bytes from the start. The one who reads verifies the digest.</param>
/// <param name="Origin">The repository of the same registry that holds the blob, from which it may be mounted; null where there is none.</param>
internal sealed record ReadableBlob(
    Descriptor Descriptor,
    Func<CancellationToken, Task<Stream>> Open,
    RepositoryName? Origin = null
)
{
    /// <summary>What is known of it at the target.</summary>
    public BlobPresence Presence { get; init; }
}
