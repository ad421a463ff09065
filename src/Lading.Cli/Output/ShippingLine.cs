using Lading.Shipping;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>The live line of one image: the current step, and its progress.</summary>
internal static class ShippingLine
{
    private const int BarWidth = 27;

    /// <summary>The line, in markup.</summary>
    public static string Of(PlannedImage image, ShippingEvent? now) =>
        now switch
        {
            null => image.Action == ShippingAction.Reuse ? "[green]in the registry[/]" : "[grey]waiting[/]",
            { Stage: ShippingStage.Done } => "[green]in the registry[/]",
            { Stage: ShippingStage.Pushing } =>
                $"pushing   {Bar(now)}  {now.Blobs} of {now.TotalBlobs} blobs, {Amount.OfBytes(now.Done)} of {Amount.OfBytes(now.Total)}",
            { Total: > 0 } =>
                $"{Building(now)}  {Bar(now)}  {now.Done}/{now.Total}  {Markup.Escape(ControlCharacters.ShownInLine(now.Text ?? ""))}",
            _ => Markup.Escape(Stage(now)),
        };

    /// <summary>The current step as plain text, for output that is not redrawn.</summary>
    public static string Stage(ShippingEvent now) =>
        now.Stage switch
        {
            ShippingStage.Preparing => "preparing",
            ShippingStage.Building => now is { Engine: null, Text: { } command }
                ? $"building: {command}"
                : Building(now),
            ShippingStage.Copying => now.Text is null ? "copying" : $"copying {now.Text}",
            ShippingStage.Pushing => $"pushing {now.TotalBlobs} blobs, {Amount.OfBytes(now.Total)}",
            _ => "in the registry",
        };

    private static string Building(ShippingEvent now) =>
        now.Engine is null ? "building" : $"building with {now.Engine}";

    private static string Bar(ShippingEvent now)
    {
        var done = now.Total == 0 ? BarWidth : (int)Math.Clamp(now.Done * BarWidth / now.Total, 0, BarWidth);
        return $"[green]{new string('━', done)}[/][grey]{new string('━', BarWidth - done)}[/]";
    }
}
