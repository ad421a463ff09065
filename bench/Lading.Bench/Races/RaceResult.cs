using System.Globalization;
using System.Text;

namespace Lading.Bench.Races;

/// <summary>The result of a race. The others are measured by the first contender.</summary>
internal sealed record RaceResult(IReadOnlyList<Timing> Timings)
{
    /// <summary>The median of a contender.</summary>
    public TimeSpan Median(string name) => Timings.First(timing => timing.Name == name).Median;

    /// <summary>The first median divided by the second.</summary>
    public double Ratio(string name, string by) => Median(name) / Median(by);

    /// <summary>The table as Markdown.</summary>
    public string Table()
    {
        var table = new StringBuilder(
            "| | min | median | max | ratio | peak memory |\n|---|---:|---:|---:|---:|---:|\n"
        );
        foreach (var timing in Timings)
        {
            var memory = timing.PeakMemory is { } bytes ? Text($"{bytes / (1024.0 * 1024):0} MB") : "";
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {timing.Name} | {Seconds(timing.Min)} | {Seconds(timing.Median)} | {Seconds(timing.Max)} | {timing.Median / Timings[0].Median:0.00} | {memory} |\n"
            );
        }

        return table.ToString();
    }

    private static string Seconds(TimeSpan time) =>
        time.TotalSeconds < 1 ? Text($"{time.TotalMilliseconds:0} ms") : Text($"{time.TotalSeconds:0.00} s");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
