using Lading.Configuration;
using Lading.Oci;
using Lading.Registries;
using Lading.Shipping;

namespace Lading.Checking;

/// <summary>
/// Queries the registries about images: one call per repository, in parallel, then calls for whatever is still unknown.
/// </summary>
/// <param name="configuration">All environments.</param>
/// <param name="registries">Opens the registries of environments.</param>
internal sealed class EvidenceCollector(LadingConfiguration configuration, IRegistries registries)
{
    /// <summary>Collects the evidence, in the order of the images. If one registry fails, only its images are reported as unknown.</summary>
    public async Task<IReadOnlyList<ImageEvidence>> CollectAsync(
        IReadOnlyList<CheckedImage> images,
        CancellationToken cancellationToken
    )
    {
        var evidence = new ImageEvidence[images.Count];
        Array.Fill(evidence, new ImageEvidence());
        var groups = images
            .Select((image, index) => (Image: image, Index: index))
            .Where(each => each.Image.Address is not null)
            .GroupBy(each => (each.Image.Address!.Registry.Name, each.Image.Address.Repository))
            .Select(async group =>
            {
                var members = group.ToList();
                var answers = await QueryAsync([.. members.Select(each => each.Image)], cancellationToken)
                    .ConfigureAwait(false);
                foreach (var ((_, index), answer) in members.Zip(answers))
                {
                    evidence[index] = answer;
                }
            });
        await Task.WhenAll(groups).ConfigureAwait(false);
        return evidence;
    }

    /// <summary>Queries the images of one repository.</summary>
    private async Task<IEnumerable<ImageEvidence>> QueryAsync(
        IReadOnlyList<CheckedImage> images,
        CancellationToken cancellationToken
    )
    {
        var address = images[0].Address!;
        try
        {
            var registry = await registries.OpenAsync(address.Registry, cancellationToken).ConfigureAwait(false);
            var references = images
                .Select(image => image.Address!.Manifest)
                .Concat(images.Select(SourceTagOf).OfType<ManifestReference>())
                .Distinct()
                .ToList();
            var contents = await registry
                .FindImagesAsync(address.Repository, references, cancellationToken)
                .ConfigureAwait(false);
            return await Task.WhenAll(
                    images.Select(image => TryCompleteAsync(registry, image, contents, cancellationToken))
                )
                .ConfigureAwait(false);
        }
        catch (LadingException exception)
        {
            return images.Select(_ => new ImageEvidence { Failure = exception });
        }
    }

    /// <summary>Completes the evidence of one image; a malformed image fails alone.</summary>
    private async Task<ImageEvidence> TryCompleteAsync(
        IImageRegistry registry,
        CheckedImage image,
        RepositoryContents contents,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await CompleteAsync(registry, image, contents, cancellationToken).ConfigureAwait(false);
        }
        catch (LadingException exception)
        {
            return new ImageEvidence { Failure = exception };
        }
        catch (Exception exception)
            when (exception is FormatException or System.Text.Json.JsonException or ContentMismatchException)
        {
            return new ImageEvidence
            {
                Failure = new LadingException(
                    $"Could not read image {image.Reference}",
                    JsonFault.Of(exception),
                    "Push the image again: what its registry has is not what an image is made of.",
                    innerException: exception
                ),
            };
        }
    }

    private async Task<ImageEvidence> CompleteAsync(
        IImageRegistry registry,
        CheckedImage image,
        RepositoryContents answer,
        CancellationToken cancellationToken
    )
    {
        var address = image.Address!;
        var found = answer.Images.GetValueOrDefault(address.Manifest);
        var evidence = new ImageEvidence
        {
            Found = found,
            SourceTag = SourceTagOf(image) is { } tag ? answer.Images.GetValueOrDefault(tag) : null,
        };
        if (found is null)
        {
            return evidence with
            {
                IsInOrigin = await IsInPromotionSourceAsync(address, cancellationToken).ConfigureAwait(false),
            };
        }

        if (found.IsArchived)
        {
            evidence = evidence with { Remedy = registry.RemedyForArchived(address.Repository, found.Digest) };
        }
        else
        {
            var contents = await ImagePlatforms
                .FindAsync(registry.Open(address.Repository), found.Digest, cancellationToken)
                .ConfigureAwait(false);
            evidence = evidence with
            {
                Platforms = contents?.Platforms,
                Manifests = contents?.Manifests ?? evidence.Manifests,
            };
        }

        if (address is { Digest: null, Manifest.Tag: { } named })
        {
            var settings = await registry
                .FindSettingsAsync(address.Repository, cancellationToken)
                .ConfigureAwait(false);
            evidence = evidence with
            {
                TagIsImmutable = settings?.IsImmutable(named),
                Remedy = evidence.Remedy ?? registry.RemedyForMovingTags(address.Repository),
            };
        }

        return evidence;
    }

    /// <summary>
    /// Whether the image could be promoted. This only decides the remedy, so a failed call counts as no.
    /// </summary>
    private async Task<bool> IsInPromotionSourceAsync(ImageAddress address, CancellationToken cancellationToken)
    {
        if (address.Registry.PromoteFrom is not { } source || address.Host is not null)
        {
            return false;
        }

        try
        {
            var registry = await registries
                .OpenAsync(configuration.GetEnvironment(source), cancellationToken)
                .ConfigureAwait(false);
            var contents = await registry
                .FindImagesAsync(address.Repository, [address.Manifest], cancellationToken)
                .ConfigureAwait(false);
            return contents.Images.Count > 0;
        }
        catch (LadingException)
        {
            return false;
        }
    }

    private static ManifestReference? SourceTagOf(CheckedImage image) =>
        image is { Locked: { } locked, IsOlderThanLock: false } ? CheckSubjects.SourceTagOf(locked) : null;
}
