namespace Lading.Shipping;

/// <summary>Makes missing images: builds, assembles or copies them.</summary>
internal interface IImageProducer
{
    /// <summary>Makes one image.</summary>
    /// <exception cref="LadingException">It could not be made; the message has the output of the engine or command.</exception>
    Task<ProducedImage> ProduceAsync(
        PlannedImage image,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    );
}
