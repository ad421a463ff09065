namespace Lading.Oci;

/// <summary>
/// A repository to read images from: in a registry over HTTP, an OCI layout on disk, or an archive. Everything that
/// copies images (publish, promote, mirror) copies them from one of these to an <see cref="IImageRepository"/>.
/// </summary>
/// <remarks>Content is verified against its digest while it streams, whether it is pulled or pushed.</remarks>
internal interface IReadableRepository
{
    /// <summary>The name within its registry; null for a layout or archive, which belongs to no registry.</summary>
    RepositoryName? Name { get; }

    /// <summary>Its name in messages: <c>111….dkr.ecr.ap-northeast-1.amazonaws.com/storefront/web</c>.</summary>
    string Display { get; }

    /// <summary>
    /// Identifies its registry: between repositories of one registry, blobs are mounted without transferring their bytes. Null if it
    /// belongs to none.
    /// </summary>
    string? Registry => null;

    /// <summary>The media type, digest and size of a tag or digest; null if it does not exist. One HEAD over HTTP.</summary>
    Task<Descriptor?> FindManifestAsync(ManifestReference reference, CancellationToken cancellationToken);

    /// <summary>A manifest with its bytes, verified; null if it does not exist.</summary>
    Task<ManifestContent?> FindManifestContentAsync(ManifestReference reference, CancellationToken cancellationToken);

    /// <summary>The size of a blob in bytes; null if it does not exist.</summary>
    Task<long?> FindBlobAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Opens a blob; the stream throws at its end if the bytes do not match the digest.</summary>
    /// <exception cref="LadingException">The blob does not exist, or could not be read.</exception>
    Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken);

    /// <summary>All tags, in byte order; empty if the repository does not exist.</summary>
    Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellationToken);

    /// <summary>The manifests whose subject is this digest (distribution-spec 1.1, "Listing Referrers"); empty if there are none.</summary>
    Task<IReadOnlyList<Descriptor>> ListReferrersAsync(Digest subject, CancellationToken cancellationToken);
}
