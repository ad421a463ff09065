namespace Lading;

/// <summary>Days are in UTC, whatever the time zone of a machine is.</summary>
internal static class UtcDay
{
    /// <summary>The day of a time.</summary>
    public static DateOnly Of(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
