namespace Lading.Oci;

/// <summary>
/// A place that holds the images of one repository: over HTTP in a registry, or in an OCI layout on disk. Whatever moves
/// images (publish, promote, mirror) moves them from one of these to another and knows no more.
/// </summary>
/// <remarks>Every content is verified against its digest by whoever reads it, in both directions, while it streams.</remarks>
internal interface IImageRepository
{
    /// <summary>The name within its registry; null for a layout that stands alone.</summary>
    RepositoryName? Name { get; }

    /// <summary>What people call it: <c>111….dkr.ecr.ap-northeast-1.amazonaws.com/storefront/web</c>.</summary>
    string Display { get; }

    /// <summary>
    /// Tells its registry from others: between repositories of one registry, blobs are taken over without moving their bytes.
    /// Null where it stands alone.
    /// </summary>
    string? Registry => null;

    /// <summary>Which media type, digest and size a tag or digest has here; null where there is none. One HEAD over HTTP.</summary>
    Task<Descriptor?> FindManifestAsync(ManifestReference reference, CancellationToken cancellationToken);

    /// <summary>A manifest with its bytes, verified; null where there is none.</summary>
    Task<ManifestContent?> FindManifestContentAsync(ManifestReference reference, CancellationToken cancellationToken);

    /// <summary>The size of a blob in bytes; null where it is not here.</summary>
    Task<long?> FindBlobAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Looks for blobs that are about to be stored, with as few calls as the registry allows (ECR: one for 100).</summary>
    /// <param name="blobs">The blobs.</param>
    /// <param name="canMount">Whether they may be taken over from a repository of the same registry, which finds out by itself.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<HeldBlobs> FindBlobsAsync(
        IReadOnlyCollection<Descriptor> blobs,
        bool canMount,
        CancellationToken cancellationToken
    ) => Task.FromResult(HeldBlobs.Unknown);

    /// <summary>Opens a blob; the stream throws at its end where the bytes are not those of the digest.</summary>
    /// <exception cref="LadingException">The blob is not here, or could not be read.</exception>
    Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken);

    /// <summary>Stores a blob, mounting it where that is possible; does nothing where it is here already.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="progress">Told the bytes moved, as they move; null where nobody looks.</param>
    /// <param name="cancellationToken">Ends the upload; nothing half-written stays visible.</param>
    Task<BlobOutcome> PutBlobAsync(BlobSource blob, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>Stores a manifest whose blobs and children are here already, under a tag where one is given, else by digest alone.</summary>
    /// <exception cref="TagIsTakenException">The tag is immutable here and stands on another digest.</exception>
    /// <exception cref="BlobIsMissingException">A blob or child is not here, whatever was said before.</exception>
    Task PutManifestAsync(ManifestContent manifest, Tag? tag, CancellationToken cancellationToken);

    /// <summary>All tags, in byte order; empty where the repository does not exist.</summary>
    Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellationToken);

    /// <summary>The manifests whose subject is this digest (distribution-spec 1.1, "Listing Referrers"); empty where there are none.</summary>
    Task<IReadOnlyList<Descriptor>> ListReferrersAsync(Digest subject, CancellationToken cancellationToken);

    /// <summary>Removes a tag alone, or a manifest with all tags that stand on it. Blobs stay, for whoever cleans up.</summary>
    /// <returns>False where it is not here.</returns>
    /// <exception cref="LadingException">It is not to be removed here, or in this way.</exception>
    Task<bool> DeleteAsync(ManifestReference reference, CancellationToken cancellationToken);
}
