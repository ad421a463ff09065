namespace Lading.Cli.Output;

/// <summary>Joins an error and its remedy as sentences.</summary>
internal static class Sentences
{
    /// <param name="reason">The error, with or without a full stop.</param>
    /// <param name="remedy">The remedy in whole sentences; empty if none is known.</param>
    public static string Of(string reason, string remedy)
    {
        var ended = reason.TrimEnd('.');
        return $"{ended}{(ended is [.., '?' or '!'] ? "" : ".")} {remedy}".TrimEnd();
    }
}
