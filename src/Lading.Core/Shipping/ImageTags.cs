using Lading.Locks;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>Tags existing images, with their commits and with aliases.</summary>
/// <param name="target">The registry.</param>
internal sealed class ImageTags(IImageRegistry target)
{
    /// <summary>The image that an alias pointed to before, if its commit is known.</summary>
    public async Task<MovedAlias?> FindMoveAsync(
        PlannedImage image,
        Digest digest,
        Tag alias,
        ImageLock? known,
        CancellationToken cancellationToken
    )
    {
        var contents = await target.FindImagesAsync(image.Repository, [alias], cancellationToken).ConfigureAwait(false);
        if (contents.Images.GetValueOrDefault(alias) is not { } found || found.Digest == digest)
        {
            return null;
        }

        var locked = known?.Images.GetValueOrDefault(image.Name);
        var revision =
            found.Tags is { } tags ? RevisionTag.RevisionAmong(tags)
            : locked?.Digest == found.Digest ? locked.Revision
            : null;
        return revision is null ? null : new MovedAlias(alias, revision);
    }

    /// <summary>Writes a commit's tag or an alias. If another image has it, that is a note, never an error.</summary>
    public async Task PutAsync(
        IImageRepository repository,
        PlannedImage image,
        Digest digest,
        Tag tag,
        IReadOnlyList<Tag>? others,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var manifest =
                await repository.FindManifestContentAsync(digest, cancellationToken).ConfigureAwait(false)
                ?? throw new LadingException(
                    $"Could not put tag {tag} on image {image.Name}",
                    $"{repository.Display} has no {digest} any more",
                    "Publish again."
                );
            await repository.PutManifestAsync(manifest, tag, cancellationToken).ConfigureAwait(false);
        }
        catch (TagIsTakenException taken)
        {
            progress.Report(
                new ShippingEvent(image.Name, ShippingStage.Done)
                {
                    Note =
                        $"tag {tag} already points to {taken.Current?.ToString() ?? "another image"} and stays there",
                }
            );
        }
        catch (LadingException refused) when (target.Limits is { } limits && others?.Count >= limits.TagsOfAnImage)
        {
            progress.Report(
                new ShippingEvent(image.Name, ShippingStage.Done)
                {
                    Note =
                        $"tag {tag} could not be put: the image has {others!.Count} tags, and {target.Limits!.Kind} takes {target.Limits.TagsOfAnImage} ({refused.CameBack.TrimEnd('.')}). "
                        + "Delete aliases of old commits, raise the image's epoch, or pin by digest and leave {commit} out of the aliases",
                }
            );
        }
    }
}
