namespace Lading.Cli.Output;

/// <summary>A duration in words.</summary>
internal static class Duration
{
    public static string Of(TimeSpan time) =>
        time switch
        {
            { TotalDays: >= 2 } => $"{(int)time.TotalDays} days",
            { TotalHours: >= 2 } => $"{(int)time.TotalHours} h",
            { TotalMinutes: >= 1 } => $"{(int)time.TotalMinutes} min",
            _ => $"{(int)time.TotalSeconds} s",
        };
}
