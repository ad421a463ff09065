using Lading.Oci;

namespace Lading.Shipping;

/// <summary>Copies images from another environment, with the same digest.</summary>
/// <param name="origin">The registry of that environment.</param>
/// <param name="time">The clock.</param>
internal sealed class PromotedImageProducer(IImageRegistry origin, TimeProvider time) : IImageProducer
{
    /// <summary>
    /// Returns the image in the other environment, with the commit that first published it: a promotion is not a new
    /// publication.
    /// </summary>
    public async Task<ProducedImage> ProduceAsync(
        PlannedImage image,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        progress.Report(new ShippingEvent(image.Name, ShippingStage.Copying));
        var digest = image.Digest!.Value;
        if (image.IsArchived)
        {
            await new ArchivedImages(time)
                .RestoreAsync(origin, image, progress, cancellationToken)
                .ConfigureAwait(false);
        }

        var tags = await origin.FindTagsOfAsync(image.Repository, digest, cancellationToken).ConfigureAwait(false);
        return new ProducedImage(origin.Open(image.Repository), digest, RevisionTag.RevisionAmong(tags));
    }
}
