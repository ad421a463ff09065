namespace Lading.Shipping;

/// <summary>Makes images that are not in the registry yet: builds them, puts them together, or finds them elsewhere.</summary>
internal interface IImageProducer
{
    /// <summary>Makes one image.</summary>
    /// <exception cref="LadingException">It could not be made; the message holds what the engine or command said.</exception>
    Task<ProducedImage> ProduceAsync(
        PlannedImage image,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    );
}
