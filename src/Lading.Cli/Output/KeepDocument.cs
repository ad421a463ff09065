using Lading.Configuration;

namespace Lading.Cli.Output;

/// <summary>The output of <c>keep</c> as JSON (docs/output.md, "keep").</summary>
internal static class KeepDocument
{
    public static string Of(KeepOutcome outcome) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("repository", outcome.Repository.Value);
            json.WriteString("digest", outcome.Digest.ToString());
            json.WriteString("until", outcome.Kept is { } kept ? UtcText.Day(kept.Until) : null);
            json.WriteString("reason", outcome.Kept?.Reason);
            json.WriteBoolean("changed", outcome.IsChange);
            json.WriteEndObject();
        });
}
