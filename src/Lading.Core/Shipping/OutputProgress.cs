namespace Lading.Shipping;

/// <summary>Tells lines that a program writes as events of an image's shipping.</summary>
internal sealed class OutputProgress(string image, IProgress<ShippingEvent> progress) : IProgress<string>
{
    public void Report(string value) =>
        progress.Report(new ShippingEvent(image, ShippingStage.Building) { Output = value });
}
