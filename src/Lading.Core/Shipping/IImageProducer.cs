namespace Lading.Shipping;

/// <summary>Produces missing images: builds, assembles or copies them.</summary>
internal interface IImageProducer
{
    /// <summary>Produces one image.</summary>
    /// <exception cref="LadingException">It could not be produced; the message has the output of the engine or
    /// command.</exception>
    Task<ProducedImage> ProduceAsync(
        PlannedImage image,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    );
}
