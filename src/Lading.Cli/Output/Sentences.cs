namespace Lading.Cli.Output;

/// <summary>What came back and what to do, one sentence after the other.</summary>
internal static class Sentences
{
    /// <param name="reason">What came back. Programs and AWS end it with a full stop, or do not.</param>
    /// <param name="remedy">What to do, as whole sentences; empty if nothing is known.</param>
    public static string Of(string reason, string remedy)
    {
        var ended = reason.TrimEnd('.');
        return $"{ended}{(ended is [.., '?' or '!'] ? "" : ".")} {remedy}".TrimEnd();
    }
}
