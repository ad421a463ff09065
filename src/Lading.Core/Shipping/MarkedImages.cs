using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>Keeps images that are marked for deletion and that a lock will pin without publishing them.</summary>
/// <param name="registry">The registry.</param>
/// <param name="environment">The environment.</param>
/// <param name="grace">The grace period of marks, in days.</param>
/// <param name="time">The clock.</param>
internal sealed class MarkedImages(
    IImageRegistry registry,
    EnvironmentDefinition environment,
    int grace,
    TimeProvider time
)
{
    /// <summary>Keeps the marked images, as far as the credentials permit.</summary>
    /// <returns>The images that were marked.</returns>
    /// <exception cref="LadingException">An image could not be kept, and may be deleted any day.</exception>
    public async Task<IReadOnlyList<MarkedImage>> KeepAsync(
        IReadOnlyList<ImageIdentity> images,
        RegistrySurvey survey,
        CancellationToken cancellationToken
    )
    {
        var marked = new List<MarkedImage>();
        foreach (var image in images)
        {
            var found = survey.Find(image)!;
            if (found.Tags is { } tags && DeletionMark.MarkedSince(found.Digest, tags) is { } since)
            {
                marked.Add(await KeepAsync(image, found.Digest, tags, since, cancellationToken).ConfigureAwait(false));
            }
        }

        return marked;
    }

    private async Task<MarkedImage> KeepAsync(
        ImageIdentity image,
        Digest digest,
        IReadOnlyList<Tag> tags,
        DateOnly since,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await new KeptImages(registry, time)
                .KeepAsync(
                    image.Name,
                    image.Definition.Repository,
                    digest,
                    tags,
                    image.Fingerprint.SourceTag,
                    cancellationToken
                )
                .ConfigureAwait(false);
            return new MarkedImage(image.Name, since, IsKept: true);
        }
        catch (LadingException e)
        {
            return new MarkedImage(image.Name, since, IsKept: false).EnsureDays(
                grace,
                time,
                mark => new LadingException(
                    $"Could not resolve image {image.Name} of {environment.Name}",
                    $"it {mark}: {e.CameBack}",
                    $"Run 'lading publish {image.Name} {environment.Selector}', which keeps it.",
                    FailureKind.CheckFailed,
                    e
                )
            );
        }
    }
}

/// <summary>An image that is, or was, marked for deletion.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Since">The day it was marked.</param>
/// <param name="IsKept">Whether its mark was overridden.</param>
internal sealed record MarkedImage(string Name, DateOnly Since, bool IsKept)
{
    /// <summary>Ensures that an image that could not be kept has days left.</summary>
    /// <param name="grace">The grace period of marks, in days.</param>
    /// <param name="time">The clock.</param>
    /// <param name="refusal">Creates the exception from the reason, which is the rest of a sentence.</param>
    /// <exception cref="LadingException">It may be deleted any day.</exception>
    public MarkedImage EnsureDays(int grace, TimeProvider time, Func<string, LadingException> refusal) =>
        DeletionMark.MayGoSoon(Since, grace, UtcDay.Of(time.GetUtcNow()))
            ? throw refusal(
                $"was marked for deletion on {UtcText.Day(Since)}, may be deleted any day, and could not be kept"
            )
            : this;
}
