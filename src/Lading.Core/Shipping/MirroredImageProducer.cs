using Lading.Fingerprints;
using Lading.Provenance;

namespace Lading.Shipping;

/// <summary>Copies third-party images from their registries.</summary>
/// <param name="upstream">Finds the images.</param>
internal sealed class MirroredImageProducer(UpstreamImages upstream) : IImageProducer
{
    public async Task<ProducedImage> ProduceAsync(
        PlannedImage image,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        progress.Report(new ShippingEvent(image.Name, ShippingStage.Preparing));
        var mirrored = (MirroredInputs)image.Image.Inputs;
        progress.Report(new ShippingEvent(image.Name, ShippingStage.Copying) { Text = mirrored.From.Reference });
        var found = await upstream.GetAsync(mirrored.From, cancellationToken).ConfigureAwait(false);
        if (mirrored.From.Digest is null)
        {
            progress.Report(
                new ShippingEvent(image.Name, ShippingStage.Copying)
                {
                    Note =
                        $"{mirrored.From.Reference} is unpinned: what it names now, {found.Digest}, is mirrored. 'lading bases update' pins it",
                }
            );
        }

        return new ProducedImage(found.Repository, found.Digest)
        {
            Inputs = ImageProvenance.Of(image.Image, [mirrored.From with { Digest = found.Digest }]),
        };
    }
}
