using Lading.Oci;
using Lading.Shipping;

namespace Lading.Locations;

/// <summary>Copies an image from one location to another, unchanged and under the same digest.</summary>
/// <param name="Source">The source.</param>
/// <param name="Target">The target.</param>
/// <param name="Platform">The platform to select; null for all.</param>
/// <param name="WithReferrers">Whether to copy the image's referrers.</param>
/// <param name="Rule">What to do if the tag points to another digest.</param>
internal sealed record LocatedCopy(
    ImageLocation Source,
    ImageLocation Target,
    Platform? Platform,
    bool WithReferrers,
    TagRule Rule
)
{
    /// <summary>Copies the image.</summary>
    /// <param name="locations">Opens the locations.</param>
    /// <param name="progress">Receives each step.</param>
    /// <param name="cancellationToken">Cancels it; blobs that were copied may stay.</param>
    /// <exception cref="LadingException">The image does not exist, or could not be copied.</exception>
    public async Task<LocatedCopyOutcome> RunAsync(
        OpenedLocations locations,
        IProgress<CopyProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var source = await locations.OpenSourceAsync(Source, cancellationToken).ConfigureAwait(false);
        var manifest = await source.GetAsync(Platform, cancellationToken).ConfigureAwait(false);
        RequireDigest(manifest.Digest);
        using var target = await locations.OpenTargetAsync(Target, cancellationToken).ConfigureAwait(false);
        var request = new CopyRequest(source.Repository, manifest, target.Repository)
        {
            Tag = TagOf(source.Tag),
            Rule = Rule,
        };
        var copied = await ImageCopy.RunAsync(request, progress, cancellationToken).ConfigureAwait(false);
        var referrers = WithReferrers
            ? await new ReferrerCopy(request.Source, request.Target)
                .RunAsync(manifest, cancellationToken)
                .ConfigureAwait(false)
            : 0;
        await target.CompleteAsync(manifest, cancellationToken).ConfigureAwait(false);
        return new LocatedCopyOutcome(copied, request.Tag, referrers);
    }

    /// <summary>The tag at the target: the one given there, otherwise the source's; null if only a digest is given.</summary>
    private Tag? TagOf(Tag? source) => Target.Tag ?? (Target.Digest is null ? source : null);

    /// <exception cref="LadingException">The target has another digest than the source.</exception>
    private void RequireDigest(Digest actual)
    {
        if (Target.Digest is { } named && named != actual)
        {
            throw LadingException.Usage(
                $"Could not copy {Source} to {Target}",
                $"the image is {actual}",
                "Remove the digest from the target; the image determines it."
            );
        }
    }
}

/// <summary>The result of a copy.</summary>
/// <param name="Copied">The image.</param>
/// <param name="Tag">The tag that it got; null for none.</param>
/// <param name="Referrers">The number of copied referrers.</param>
internal sealed record LocatedCopyOutcome(CopyResult Copied, Tag? Tag, int Referrers);
