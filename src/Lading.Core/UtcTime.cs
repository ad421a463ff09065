using System.Globalization;

namespace Lading;

/// <summary>Times as messages write them: in UTC, and marked so, for people who may sit anywhere.</summary>
internal static class UtcTime
{
    /// <summary><c>2026-11-29 02:47Z</c>.</summary>
    public static string Minute(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary><c>02:47:31Z</c>, for what happens while one watches.</summary>
    public static string Second(DateTimeOffset time) =>
        time.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
