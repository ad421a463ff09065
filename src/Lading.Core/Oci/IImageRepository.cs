using System.Collections.Concurrent;

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

    /// <summary>Which media type, digest and size a tag or digest has here; null where there is none. One HEAD over HTTP.</summary>
    Task<Descriptor?> FindManifestAsync(ManifestReference reference, CancellationToken cancellationToken);

    /// <summary>A manifest with its bytes, verified; null where there is none.</summary>
    Task<ManifestContent?> FindManifestContentAsync(ManifestReference reference, CancellationToken cancellationToken);

    /// <summary>The size of a blob in bytes; null where it is not here.</summary>
    Task<long?> FindBlobAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Which of some blobs are here, with as few calls as the registry allows.</summary>
    async Task<IReadOnlySet<Digest>> FindBlobsAsync(
        IReadOnlyCollection<Digest> digests,
        CancellationToken cancellationToken
    )
    {
        var found = new ConcurrentDictionary<Digest, long>();
        await Parallel
            .ForEachAsync(
                digests,
                new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
                async (digest, token) =>
                {
                    if (await FindBlobAsync(digest, token).ConfigureAwait(false) is { } size)
                    {
                        found[digest] = size;
                    }
                }
            )
            .ConfigureAwait(false);
        return found.Keys.ToHashSet();
    }

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
    Task PutManifestAsync(ManifestContent manifest, Tag? tag, CancellationToken cancellationToken);

    /// <summary>All tags, in byte order; empty where the repository does not exist.</summary>
    Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellationToken);

    /// <summary>The manifests whose subject is this digest (distribution-spec 1.1, "Listing Referrers"); empty where there are none.</summary>
    Task<IReadOnlyList<Descriptor>> ListReferrersAsync(Digest subject, CancellationToken cancellationToken);
}
