namespace Lading.Cli.Output;

/// <summary>An age in words.</summary>
internal static class Age
{
    public static string Of(TimeSpan age) =>
        age switch
        {
            { TotalMinutes: < 1 } => "just now",
            { TotalHours: < 1 } => Count((int)age.TotalMinutes, "minute"),
            { TotalDays: < 1 } => Count((int)age.TotalHours, "hour"),
            { TotalDays: < 60 } => Count((int)age.TotalDays, "day"),
            { TotalDays: < 730 } => Count((int)(age.TotalDays / 30.4), "month"),
            _ => Count((int)(age.TotalDays / 365.25), "year"),
        };

    private static string Count(int number, string unit) => $"{number} {unit}{(number == 1 ? "" : "s")} ago";
}
