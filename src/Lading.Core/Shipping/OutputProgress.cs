namespace Lading.Shipping;

/// <summary>Tells lines that a command writes as events of an image's shipping.</summary>
internal sealed class OutputProgress(string image, string command, IProgress<ShippingEvent> progress)
    : IProgress<string>
{
    public void Report(string value) =>
        progress.Report(new ShippingEvent(image, ShippingStage.Building) { Text = command, Output = value });
}
