using Lading.Oci;

namespace Lading.Shipping;

/// <summary>Copies images by digest from any place to any other, as they are: an index with its children, each blob once, the manifest last.</summary>
internal static class ImageCopy
{
    /// <summary>As many blobs as move at the same time for one image.</summary>
    private const int Parallelism = 4;

    /// <summary>Copies one image. It gets no tag; what is there already is not sent.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="digest">Of its manifest or index.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="progress">Told of blobs and bytes as they move; null where nobody looks.</param>
    /// <param name="cancellationToken">Ends it; blobs that arrived stay, and no manifest names a missing one.</param>
    /// <exception cref="LadingException">The image is not there, or a blob could not be read or stored.</exception>
    public static async Task<CopyResult> RunAsync(
        IImageRepository source,
        Digest digest,
        IImageRepository target,
        IProgress<CopyProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var manifest = await ReadAsync(source, digest, cancellationToken).ConfigureAwait(false);
        if (await target.FindManifestAsync(digest, cancellationToken).ConfigureAwait(false) is not null)
        {
            return new CopyResult(manifest, 0, 0, IsThere: true);
        }

        var tree = await ManifestTree.ReadAsync(source, manifest, cancellationToken).ConfigureAwait(false);
        var tally = new CopyTally(tree.Blobs, progress);
        var canMount = source.Registry is { } registry && registry == target.Registry;
        var held = await target.FindBlobsAsync(tree.Blobs, canMount, cancellationToken).ConfigureAwait(false);
        await Parallel
            .ForEachAsync(
                tree.Blobs.OrderByDescending(blob => blob.Size),
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (blob, token) =>
                {
                    var outcome = held.Digests.Contains(blob.Digest)
                        ? BlobOutcome.AlreadyThere
                        : await target
                            .PutBlobAsync(SourceOf(blob, held.Others), tally.Of(blob), token)
                            .ConfigureAwait(false);
                    tally.Finish(blob, outcome);
                }
            )
            .ConfigureAwait(false);

        // Children come before the index that names them.
        foreach (var item in tree.Manifests)
        {
            await PutAsync(item).ConfigureAwait(false);
        }

        return new CopyResult(manifest, tally.BytesSent, tally.BytesThere, IsThere: false);

        BlobSource SourceOf(Descriptor blob, BlobPresence presence) =>
            new(blob, token => source.OpenBlobAsync(blob, token), canMount ? source.Name : null)
            {
                Presence = presence,
            };

        // A registry may say that it has a blob, and miss it when it is named: it is sent then, once.
        async Task PutAsync(ManifestContent item)
        {
            var sent = new HashSet<Digest>();
            while (true)
            {
                try
                {
                    await target.PutManifestAsync(item, null, cancellationToken).ConfigureAwait(false);
                    return;
                }
                catch (BlobIsMissingException e)
                {
                    var blob = tree.Blobs.FirstOrDefault(blob => blob.Digest == e.Missing);
                    if (blob is null || !sent.Add(e.Missing))
                    {
                        throw new LadingException(
                            $"Could not copy image {digest}",
                            $"{target.Display} says that it lacks {e.Missing}, which was stored there",
                            "Try again; somebody may be deleting there.",
                            innerException: e
                        );
                    }

                    var source = SourceOf(blob, BlobPresence.Doubtful);
                    var outcome = await target
                        .PutBlobAsync(source, tally.Of(blob), cancellationToken)
                        .ConfigureAwait(false);
                    tally.Finish(blob, outcome);
                }
            }
        }
    }

    private static async Task<ManifestContent> ReadAsync(
        IImageRepository source,
        Digest digest,
        CancellationToken cancellationToken
    ) =>
        await source.FindManifestContentAsync(digest, cancellationToken).ConfigureAwait(false)
        ?? throw new LadingException($"Could not copy image {digest}", $"{source.Display} does not have it");
}
