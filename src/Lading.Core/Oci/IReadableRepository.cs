namespace Lading.Oci;

/// <summary>
/// What images of one repository can be read from: a registry over HTTP, an OCI layout on disk, an archive. Whatever moves images
/// (publish, promote, mirror) moves them from one of these to an <see cref="IImageRepository"/> and knows no more.
/// </summary>
/// <remarks>Every content is verified against its digest by whoever reads it, in both directions, while it streams.</remarks>
internal interface IReadableRepository
{
    /// <summary>The name within its registry; null for a layout that stands alone.</summary>
    RepositoryName? Name { get; }

    /// <summary>What people call it: <c>111….dkr.ecr.ap-northeast-1.amazonaws.com/storefront/web</c>.</summary>
    string Display { get; }

    /// <summary>
    /// Tells its registry from others: between repositories of one registry, blobs are taken over without moving their bytes.
    /// Null if it stands alone.
    /// </summary>
    string? Registry => null;

    /// <summary>Which media type, digest and size a tag or digest has here; null if there is none. One HEAD over HTTP.</summary>
    Task<Descriptor?> FindManifestAsync(ManifestReference reference, CancellationToken cancellationToken);

    /// <summary>A manifest with its bytes, verified; null if there is none.</summary>
    Task<ManifestContent?> FindManifestContentAsync(ManifestReference reference, CancellationToken cancellationToken);

    /// <summary>The size of a blob in bytes; null if it is not here.</summary>
    Task<long?> FindBlobAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Opens a blob; the stream throws at its end where the bytes are not those of the digest.</summary>
    /// <exception cref="LadingException">The blob is not here, or could not be read.</exception>
    Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken);

    /// <summary>All tags, in byte order; empty if the repository does not exist.</summary>
    Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellationToken);

    /// <summary>The manifests whose subject is this digest (distribution-spec 1.1, "Listing Referrers"); empty if there are none.</summary>
    Task<IReadOnlyList<Descriptor>> ListReferrersAsync(Digest subject, CancellationToken cancellationToken);
}
