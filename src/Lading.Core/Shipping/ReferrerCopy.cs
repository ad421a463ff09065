using System.Collections.Concurrent;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>
/// Copies what refers to an image: signatures, attestations and bills of materials, by the referrers interface, its fallback
/// tag, and the tags of cosign; and what refers to those.
/// </summary>
internal sealed class ReferrerCopy(IReadableRepository source, IImageRepository target)
{
    private const int Parallelism = 4;

    /// <summary>The endings of the tags under which cosign keeps what belongs to a digest.</summary>
    private static readonly string[] CosignEndings = ["sig", "att", "sbom"];

    private readonly ConcurrentDictionary<Digest, bool> copied = new();

    /// <summary>Copies all that refers to an image or to the images of its index, which are at the target already.</summary>
    /// <returns>How many there are.</returns>
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
        // Three tags that are hardly ever there: they are asked for while the list is on its way.
        var tags = CosignEndings.Select(ending => Tag.Parse($"{ReferrersTag.Of(subject)}.{ending}")).ToList();
        var asking = new ConcurrentWork<ManifestContent?[]>(
            token => Task.WhenAll(tags.Select(tag => source.FindManifestContentAsync(tag, token))),
            cancellationToken
        );
        await using var ended = asking.ConfigureAwait(false);
        foreach (var referrer in await source.ListReferrersAsync(subject, cancellationToken).ConfigureAwait(false))
        {
            var manifest = await source
                .FindManifestContentAsync(referrer.Digest, cancellationToken)
                .ConfigureAwait(false);
            // A list may name what was deleted since.
            await CopyAsync(manifest, null, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (tag, manifest) in tags.Zip(await asking.Result.ConfigureAwait(false)))
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
