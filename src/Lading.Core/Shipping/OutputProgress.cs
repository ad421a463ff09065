namespace Lading.Shipping;

/// <summary>Reports a command's output lines as events of an image.</summary>
internal sealed class OutputProgress(string image, string command, IProgress<ShippingEvent> progress)
    : IProgress<string>
{
    public void Report(string value) =>
        progress.Report(new ShippingEvent(image, ShippingStage.Building) { Text = command, Output = value });
}
