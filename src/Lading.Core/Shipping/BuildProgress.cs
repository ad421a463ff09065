using System.Globalization;
using System.Text.RegularExpressions;

namespace Lading.Shipping;

/// <summary>
/// Parses steps from engine output: <c>#7 [build 3/6] RUN …</c> (BuildKit), <c>STEP 3/6: RUN …</c> (Buildah, Podman), <c>Step 3/6 : RUN
/// …</c> (Docker without buildx).
/// </summary>
internal sealed partial class BuildProgress(string image, string engine, IProgress<ShippingEvent> progress)
    : IProgress<string>
{
    // Output is reported with the latest step.
    private ShippingEvent latest = new(image, ShippingStage.Building) { Engine = engine };

    public void Report(string value)
    {
        var match = Step().Match(value);
        if (match.Success)
        {
            latest = latest with
            {
                Text = match.Groups["text"].Value,
                Done = Number(match, "done"),
                Total = Number(match, "total"),
            };
        }

        progress.Report(latest with { Output = value });
    }

    /// <summary>The number in a group; 0 if it is too large, since any line may look like a step.</summary>
    private static long Number(Match match, string group) =>
        long.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    [GeneratedRegex(
        @"^(?:\[[^\]]*\] )?(?:#\d+ \[(?:[^\]]* )?(?<done>\d+)/(?<total>\d+)\]|(?:STEP|Step) (?<done>\d+)/(?<total>\d+) ?:) (?<text>.*)$",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Step();
}
