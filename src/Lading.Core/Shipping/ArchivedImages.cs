using Lading.Oci;

namespace Lading.Shipping;

/// <summary>Restores archived images, and waits until they can be pulled: ECR takes up to 20 minutes.</summary>
/// <param name="time">The clock.</param>
internal sealed class ArchivedImages(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(40);

    /// <summary>Restores a planned image, with its children if it is an index.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="image">The image.</param>
    /// <param name="progress">Receives a note that it takes time.</param>
    /// <param name="cancellationToken">Stops waiting; the restoration continues.</param>
    /// <exception cref="LadingException">The registry refuses, or it takes too long.</exception>
    public async Task RestoreAsync(
        IImageRegistry registry,
        PlannedImage image,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        var repository = image.Repository;
        var digest = image.Digest!.Value;
        progress.Report(
            new ShippingEvent(image.Name, ShippingStage.Copying)
            {
                Text = "restoring it from the archive",
                Note = $"{digest.Short} is archived in {registry.Display}: it is restored, which may take 20 minutes",
            }
        );
        await RestoreAsync(registry, repository, [digest], cancellationToken).ConfigureAwait(false);
        var manifest = await registry
            .Open(repository)
            .FindManifestContentAsync(digest, cancellationToken)
            .ConfigureAwait(false);
        if (manifest?.Children is { Count: > 0 } children)
        {
            await RestoreAsync(registry, repository, [.. children.Select(child => child.Digest)], cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task RestoreAsync(
        IImageRegistry registry,
        RepositoryName repository,
        IReadOnlyList<Digest> digests,
        CancellationToken cancellationToken
    )
    {
        var start = time.GetTimestamp();
        var requested = new HashSet<Digest>();
        while (true)
        {
            var contents = await registry
                .FindImagesAsync(
                    repository,
                    [.. digests.Select(digest => (ManifestReference)digest)],
                    cancellationToken
                )
                .ConfigureAwait(false);
            var archived = contents.Images.Values.Where(found => found.IsArchived).ToList();
            if (archived.Count == 0)
            {
                return;
            }

            foreach (var image in archived.Where(image => requested.Add(image.Digest)))
            {
                await registry.RestoreAsync(repository, image.Digest, cancellationToken).ConfigureAwait(false);
            }

            if (time.GetElapsedTime(start) > Limit)
            {
                throw new LadingException(
                    $"Could not restore {archived[0].Digest} of {registry.Display}/{repository}",
                    FormattableString.Invariant(
                        $"it is still archived {(int)Limit.TotalMinutes} minutes after it was asked for"
                    ),
                    registry.RemedyForArchived(repository, archived[0].Digest) is { } remedy
                        ? $"Run the command again; or restore it yourself: {remedy}."
                        : "Run the command again."
                );
            }

            if (
                !await IsRestoredAsync(registry, repository, archived[0].Digest, cancellationToken)
                    .ConfigureAwait(false)
            )
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether an image was restored at once, as some registries do.</summary>
    private static async Task<bool> IsRestoredAsync(
        IImageRegistry registry,
        RepositoryName repository,
        Digest digest,
        CancellationToken cancellationToken
    ) =>
        (
            await registry.FindImagesAsync(repository, [digest], cancellationToken).ConfigureAwait(false)
        ).Images.Values.All(found => !found.IsArchived);
}
