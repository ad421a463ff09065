using Lading.Oci;

namespace Lading.Shipping;

/// <summary>
/// Keeps images that are marked for deletion, before a lock refers to them, by a tag that overrides the mark.
/// </summary>
/// <param name="registry">The registry.</param>
/// <param name="time">The clock.</param>
internal sealed class KeptImages(IImageRegistry registry, TimeProvider time)
{
    /// <summary>Keeps an image that is being published, if it is marked for deletion.</summary>
    /// <param name="image">The image, which has its source tag.</param>
    /// <param name="digest">Its digest.</param>
    /// <param name="tags">All of its tags; null if they are unknown.</param>
    /// <param name="progress">Receives a note if it was marked.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">The tag could not be written, or the image was deleted meanwhile.</exception>
    public async Task KeepAsync(
        PlannedImage image,
        Digest digest,
        IReadOnlyList<Tag>? tags,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        var since = await KeepAsync(image.Name, image.Repository, digest, tags, image.SourceTag, cancellationToken)
            .ConfigureAwait(false);
        if (since is { } day)
        {
            progress.Report(
                new ShippingEvent(image.Name, ShippingStage.Done)
                {
                    Note = $"it was marked for deletion on {UtcText.Day(day)}, and is kept",
                }
            );
        }
    }

    /// <summary>Keeps an image, if it is marked for deletion.</summary>
    /// <param name="name">Its name in messages.</param>
    /// <param name="repositoryName">Its repository.</param>
    /// <param name="digest">Its digest.</param>
    /// <param name="tags">All of its tags; null if they are unknown.</param>
    /// <param name="source">Its source tag, which is written again if it was just deleted; null if it is unknown.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The day it was marked; null if it was not.</returns>
    /// <exception cref="LadingException">The tag could not be written, or the image was deleted meanwhile.</exception>
    public async Task<DateOnly?> KeepAsync(
        string name,
        RepositoryName repositoryName,
        Digest digest,
        IReadOnlyList<Tag>? tags,
        Tag? source,
        CancellationToken cancellationToken
    )
    {
        if (!registry.TellsTags)
        {
            return null;
        }

        tags ??= await registry.FindTagsOfAsync(repositoryName, digest, cancellationToken).ConfigureAwait(false);
        if (DeletionMark.MarkedSince(digest, tags) is not { } since)
        {
            return null;
        }

        await OutrankAsync(name, repositoryName, digest, tags, source, cancellationToken).ConfigureAwait(false);
        return since;
    }

    private async Task OutrankAsync(
        string name,
        RepositoryName repositoryName,
        Digest digest,
        IReadOnlyList<Tag> tags,
        Tag? source,
        CancellationToken cancellationToken
    )
    {
        var repository = registry.Open(repositoryName);
        var manifest =
            await repository.FindManifestContentAsync(digest, cancellationToken).ConfigureAwait(false)
            ?? throw Deleted(name, repositoryName, digest);
        var mark = DeletionMark.Outranking(UtcDay.Of(time.GetUtcNow()), digest, tags.Select(tag => tag.Name));
        await new TagPlacement(repository, mark.Tag, TagRule.Keep)
            .RunAsync(manifest, cancellationToken)
            .ConfigureAwait(false);

        // Clean-up may just have deleted its other tags.
        var current = await registry
            .FindImagesAsync(
                repositoryName,
                source is { } sourceTag ? [digest, sourceTag] : [digest],
                cancellationToken
            )
            .ConfigureAwait(false);
        if (!current.Images.ContainsKey(digest))
        {
            throw Deleted(name, repositoryName, digest);
        }

        if (source is { } tag && !current.Images.ContainsKey(tag))
        {
            await new TagPlacement(repository, tag, TagRule.Keep)
                .RunAsync(manifest, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private LadingException Deleted(string name, RepositoryName repositoryName, Digest digest) =>
        new(
            $"Could not keep image {name}",
            $"{digest} was marked for deletion in {registry.Display}/{repositoryName}, and has just been deleted",
            "Publish again."
        );
}
