namespace Lading.Shipping;

/// <summary>Reports the copying of an image's blobs as an event.</summary>
internal sealed class PushProgress(string image, IProgress<ShippingEvent> progress) : IProgress<CopyProgress>
{
    public void Report(CopyProgress value) =>
        progress.Report(
            new ShippingEvent(image, ShippingStage.Pushing)
            {
                Done = value.Bytes,
                Total = value.TotalBytes,
                Blobs = value.Blobs,
                TotalBlobs = value.TotalBlobs,
            }
        );
}
