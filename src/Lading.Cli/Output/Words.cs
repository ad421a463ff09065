using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>The one word for each thing, in text and in JSON.</summary>
internal static class Words
{
    public static string Of(ShippingAction action) =>
        action switch
        {
            ShippingAction.Reuse => "reuse",
            ShippingAction.Build => "build",
            ShippingAction.Copy => "copy",
            _ => throw new ArgumentOutOfRangeException(nameof(action)),
        };
}
