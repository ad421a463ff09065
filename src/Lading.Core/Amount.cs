using System.Globalization;

namespace Lading;

/// <summary>Formats sizes and durations for people: decimal units, one decimal place.</summary>
internal static class Amount
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary><c>12.4 MB</c>.</summary>
    public static string OfBytes(long bytes)
    {
        var value = (double)bytes;
        var unit = 0;
        while (value >= 999.95 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return unit == 0 ? $"{bytes} B" : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {Units[unit]}");
    }

    /// <summary><c>0.3 s</c>, <c>41 s</c>, <c>2 min 10 s</c>.</summary>
    public static string OfTime(TimeSpan time) =>
        time switch
        {
            { TotalSeconds: < 9.95 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
            { TotalSeconds: < 60 } => $"{(int)time.TotalSeconds} s",
            _ => $"{(int)time.TotalMinutes} min {time.Seconds} s",
        };
}
