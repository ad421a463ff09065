using Lading.Oci;

namespace Lading.Shipping;

/// <summary>
/// Copies images by digest between any two locations, unchanged: an index with its children, each blob once, the manifest and its tag
/// last. Existing content is not sent.
/// </summary>
internal sealed class ImageCopy
{
    /// <summary>The number of concurrent blobs of one image; the transport limits uploads to a host.</summary>
    private const int Parallelism = 8;

    private readonly CopyRequest request;
    private readonly ManifestTree tree;
    private readonly CopyTally tally;

    private ImageCopy(CopyRequest request, ManifestTree tree, IProgress<CopyProgress>? progress)
    {
        this.request = request;
        this.tree = tree;
        tally = new CopyTally(tree.Blobs, progress);
    }

    /// <summary>Copies one image by digest, without a tag.</summary>
    /// <param name="source">The repository to copy from.</param>
    /// <param name="digest">The digest of its manifest or index.</param>
    /// <param name="target">The repository to copy to.</param>
    /// <param name="progress">Receives blobs and bytes as they move; null for none.</param>
    /// <param name="cancellationToken">Cancels it; copied blobs stay, and no manifest refers to a missing one.</param>
    /// <exception cref="LadingException">The image does not exist, or a blob could not be read or stored.</exception>
    public static async Task<CopyResult> RunAsync(
        IReadableRepository source,
        Digest digest,
        IImageRepository target,
        IProgress<CopyProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var manifest =
            await source.FindManifestContentAsync(digest, cancellationToken).ConfigureAwait(false)
            ?? throw new LadingException($"Could not copy image {digest}", $"{source.Display} does not have it");
        return await RunAsync(new CopyRequest(source, manifest, target), progress, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Copies one image.</summary>
    /// <param name="request">The image, its source, its target and its tag.</param>
    /// <param name="progress">Receives blobs and bytes as they move; null for none.</param>
    /// <param name="cancellationToken">Cancels it; copied blobs stay, and no manifest refers to a missing one.</param>
    /// <exception cref="LadingException">A blob could not be read or stored, or the tag could not be written.</exception>
    public static async Task<CopyResult> RunAsync(
        CopyRequest request,
        IProgress<CopyProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var digest = request.Manifest.Digest;
        var settled = request.Placement is { } placement
            ? await placement.FindSettledAsync(digest, cancellationToken).ConfigureAwait(false)
            : (await request.Target.FindManifestAsync(digest, cancellationToken).ConfigureAwait(false))?.Digest;
        if (settled is { } standing)
        {
            return new CopyResult(request.Manifest, 0, 0, IsThere: true, IsSettled: true, standing);
        }

        var tree = await ManifestTree
            .ReadAsync(request.Source, request.Manifest, cancellationToken)
            .ConfigureAwait(false);
        return await new ImageCopy(request, tree, progress).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<CopyResult> RunAsync(CancellationToken cancellationToken)
    {
        var held = await request
            .Target.FindBlobsAsync(tree.Blobs, request.CanMount, cancellationToken)
            .ConfigureAwait(false);
        var isThere = await ExistsInTargetAsync(held, cancellationToken).ConfigureAwait(false);
        if (!isThere)
        {
            await SendBlobsAsync(held, cancellationToken).ConfigureAwait(false);
        }

        // Children come before their index.
        foreach (var item in isThere ? [] : tree.Manifests.SkipLast(1))
        {
            await PutAsync(item, null, cancellationToken).ConfigureAwait(false);
        }

        return new CopyResult(
            request.Manifest,
            tally.BytesSent,
            tally.BytesThere,
            isThere,
            IsSettled: false,
            await PutRootAsync(cancellationToken).ConfigureAwait(false)
        );
    }

    /// <summary>
    /// Whether the target has the image; looked up only if a lookup of the blobs would take a request for each.
    /// </summary>
    private async Task<bool> ExistsInTargetAsync(HeldBlobs held, CancellationToken cancellationToken) =>
        request.Tag is not null
        && held.Others == BlobPresence.Unknown
        && !request.CanMount
        && await request.Target.FindManifestAsync(request.Manifest.Digest, cancellationToken).ConfigureAwait(false)
            is not null;

    private async Task SendBlobsAsync(HeldBlobs held, CancellationToken cancellationToken) =>
        await Parallel
            .ForEachAsync(
                tree.Blobs.OrderByDescending(blob => blob.Size),
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (blob, token) =>
                {
                    if (held.Digests.Contains(blob.Digest))
                    {
                        tally.Finish(blob, BlobOutcome.AlreadyThere);
                    }
                    else
                    {
                        await SendAsync(blob, held.Others, token).ConfigureAwait(false);
                    }
                }
            )
            .ConfigureAwait(false);

    private async Task SendAsync(Descriptor blob, BlobPresence presence, CancellationToken cancellationToken)
    {
        var source = new ReadableBlob(
            blob,
            token => request.Source.OpenBlobAsync(blob, token),
            request.CanMount ? request.Source.Name : null
        )
        {
            Presence = presence,
        };
        var outcome = await request
            .Target.PutBlobAsync(source, tally.OfBlob(), cancellationToken)
            .ConfigureAwait(false);
        tally.Finish(blob, outcome);
    }

    private async Task<Digest> PutRootAsync(CancellationToken cancellationToken)
    {
        if (request.BeforeTag is { } complete)
        {
            await PutAsync(request.Manifest, null, cancellationToken).ConfigureAwait(false);
            await complete(cancellationToken).ConfigureAwait(false);
        }

        if (request.Placement is { } placement)
        {
            return await placement
                .PutAsync(request.Manifest, token => PutAsync(request.Manifest, request.Tag, token), cancellationToken)
                .ConfigureAwait(false);
        }

        await PutAsync(request.Manifest, null, cancellationToken).ConfigureAwait(false);
        return request.Manifest.Digest;
    }

    /// <summary>
    /// Stores a manifest. If the registry then reports a blob as missing that it seemed to have, the blob is sent,
    /// once.
    /// </summary>
    private async Task PutAsync(ManifestContent manifest, Tag? tag, CancellationToken cancellationToken)
    {
        var sent = new HashSet<Digest>();
        while (true)
        {
            try
            {
                await request.Target.PutManifestAsync(manifest, tag, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (BlobIsMissingException e)
            {
                var blob = tree.Blobs.FirstOrDefault(blob => blob.Digest == e.Missing);
                if (blob is null || !sent.Add(e.Missing))
                {
                    throw new LadingException(
                        $"Could not copy image {request.Manifest.Digest}",
                        $"{request.Target.Display} says that it lacks {e.Missing}, which was stored there",
                        "Try again; another client may be deleting images there.",
                        innerException: e
                    );
                }

                await SendAsync(blob, BlobPresence.Doubtful, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
