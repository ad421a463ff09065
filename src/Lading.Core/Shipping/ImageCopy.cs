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
        var there = await target
            .FindBlobsAsync([.. tree.Blobs.Select(blob => blob.Digest)], cancellationToken)
            .ConfigureAwait(false);
        await Parallel
            .ForEachAsync(
                tree.Blobs.OrderByDescending(blob => blob.Size),
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (blob, token) =>
                {
                    if (there.Contains(blob.Digest))
                    {
                        tally.Finish(blob, BlobOutcome.AlreadyThere);
                        return;
                    }

                    var from = new BlobSource(blob, t => source.OpenBlobAsync(blob, t), source.Name)
                    {
                        IsMissing = true,
                    };
                    var outcome = await target.PutBlobAsync(from, tally.Of(blob), token).ConfigureAwait(false);
                    tally.Finish(blob, outcome);
                }
            )
            .ConfigureAwait(false);

        // Children come before the index that names them.
        foreach (var item in tree.Manifests)
        {
            await target.PutManifestAsync(item, null, cancellationToken).ConfigureAwait(false);
        }

        return new CopyResult(manifest, tally.BytesSent, tally.BytesThere, IsThere: false);
    }

    private static async Task<ManifestContent> ReadAsync(
        IImageRepository source,
        Digest digest,
        CancellationToken cancellationToken
    ) =>
        await source.FindManifestContentAsync(digest, cancellationToken).ConfigureAwait(false)
        ?? throw new LadingException($"Could not copy image {digest}", $"{source.Display} does not have it");
}
