using System.Collections.Concurrent;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>
/// Copies the referrers of an image (signatures, attestations, SBOMs) and their own referrers: those listed by the
/// referrers API or its fallback tag, and those under cosign's tags.
/// </summary>
internal sealed class ReferrerCopy(IReadableRepository source, IImageRepository target)
{
    private const int Parallelism = 4;

    /// <summary>The suffixes of cosign's tags for a digest.</summary>
    private static readonly string[] CosignSuffixes = ["sig", "att", "sbom"];

    private readonly ConcurrentDictionary<Digest, bool> copied = new();

    /// <summary>Copies all referrers of an image, or of the images in its index, which are in the target already.</summary>
    /// <returns>The number of referrers.</returns>
    public async Task<int> RunAsync(ManifestContent image, CancellationToken cancellationToken)
    {
        var digests = image.Children.Select(child => child.Digest).Prepend(image.Digest).Distinct();
        await Parallel
            .ForEachAsync(
                digests,
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (digest, token) => await CopyAllOfAsync(digest, token).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        return copied.Count;
    }

    private async Task CopyAllOfAsync(Digest subject, CancellationToken cancellationToken)
    {
        // These tags rarely exist: they are looked up while the list is being read.
        var tags = CosignSuffixes.Select(ending => Tag.Parse($"{ReferrersTag.Of(subject)}.{ending}")).ToList();
        var tagged = new ConcurrentWork<ManifestContent?[]>(
            token => Task.WhenAll(tags.Select(tag => source.FindManifestContentAsync(tag, token))),
            cancellationToken
        );
        await using var ended = tagged.ConfigureAwait(false);
        foreach (var referrer in await source.ListReferrersAsync(subject, cancellationToken).ConfigureAwait(false))
        {
            var manifest = await source
                .FindManifestContentAsync(referrer.Digest, cancellationToken)
                .ConfigureAwait(false);
            // A list may contain referrers that were deleted since.
            await CopyAsync(manifest, null, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (tag, manifest) in tags.Zip(await tagged.Result.ConfigureAwait(false)))
        {
            await CopyAsync(manifest, tag, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CopyAsync(ManifestContent? manifest, Tag? tag, CancellationToken cancellationToken)
    {
        if (manifest is null || !copied.TryAdd(manifest.Digest, true))
        {
            return;
        }

        await ImageCopy
            .RunAsync(new CopyRequest(source, manifest, target) { Tag = tag }, null, cancellationToken)
            .ConfigureAwait(false);
        await CopyAllOfAsync(manifest.Digest, cancellationToken).ConfigureAwait(false);
    }
}
