using System.Globalization;
using Lading.Bases;
using Lading.Checking;
using Lading.Deploying;
using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>The words for actions, verdicts and states, in text and in JSON.</summary>
internal static class Words
{
    /// <summary>A number of images: <c>1 image</c>, <c>2 images</c>.</summary>
    public static string Images(int count) =>
        count == 1 ? "1 image" : string.Create(CultureInfo.InvariantCulture, $"{count} images");

    public static string Of(ShippingAction action) =>
        action switch
        {
            ShippingAction.Reuse => "reuse",
            ShippingAction.Adopt => "adopt",
            ShippingAction.Build => "build",
            ShippingAction.Copy => "copy",
            _ => throw new ArgumentOutOfRangeException(nameof(action)),
        };

    public static string Of(CheckVerdict verdict) =>
        verdict switch
        {
            CheckVerdict.Ok => "ok",
            CheckVerdict.Held => "held",
            CheckVerdict.Asset => "asset",
            CheckVerdict.Missing => "missing",
            CheckVerdict.Platform => "platform",
            CheckVerdict.Refused => "refused",
            CheckVerdict.Archived => "archived",
            CheckVerdict.Moved => "moved",
            CheckVerdict.Mutable => "mutable",
            CheckVerdict.Stale => "stale",
            CheckVerdict.RolledBack => "rolled-back",
            CheckVerdict.Unknown => "unknown",
            _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
        };

    public static string Of(DeployState state) =>
        state switch
        {
            DeployState.Deployed => "deployed",
            DeployState.NotRunning => "not-running",
            DeployState.Undone => "undone",
            DeployState.Prepared => "prepared",
            DeployState.DryRun => "dry-run",
            DeployState.Refused => "refused",
            DeployState.Failed => "failed",
            DeployState.Cancelled => "cancelled",
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };

    public static string Of(BaseState state) =>
        state switch
        {
            BaseState.Current => "current",
            BaseState.Behind => "behind",
            BaseState.Unpinned => "floating",
            BaseState.Fixed => "fixed",
            BaseState.Gone => "gone",
            BaseState.Local => "local",
            BaseState.Variable => "variable",
            BaseState.Unreachable => "unreachable",
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };
}
