using System.Globalization;

namespace Lading;

/// <summary>Days and points in time as text, always in UTC.</summary>
internal static class UtcText
{
    /// <summary><c>2026-11-29</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>To the minute, for people in any time zone: <c>2026-11-29 20:51Z</c>.</summary>
    public static string Minute(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>To the second, for live output: <c>20:51:04Z</c>.</summary>
    public static string Clock(DateTimeOffset time) =>
        time.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>To the second, for programs (RFC 3339): <c>2026-11-29T20:51:04Z</c>.</summary>
    public static string Second(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
