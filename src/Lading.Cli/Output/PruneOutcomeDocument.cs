using System.Text.Json;
using Lading.Retention.Acting;

namespace Lading.Cli.Output;

/// <summary>What <c>prune --apply</c> did, as JSON (docs/cleanup.md, "JSON").</summary>
internal static class PruneOutcomeDocument
{
    public static string Of(string environment, PruneOutcome outcome) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("environment", environment);
            Write(json, outcome.Archives ? "archived" : "deleted", outcome.Removed);
            Write(json, "marked", outcome.Marked);
            Write(json, "keptAgain", outcome.KeptAgain);
            Write(json, "spared", outcome.Spared);
            json.WriteStartArray("waiting");
            foreach (var waiting in outcome.Waiting)
            {
                json.WriteStartObject();
                json.WriteString("digest", waiting.Image.Digest.ToString());
                json.WriteString("marked", FormattableString.Invariant($"{waiting.Since:yyyy-MM-dd}"));
                json.WriteString("until", FormattableString.Invariant($"{waiting.Until:yyyy-MM-dd}"));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("failures");
            foreach (var failure in outcome.Failures)
            {
                json.WriteStartObject();
                json.WriteString("repository", failure.Image.Repository.ToString());
                json.WriteString("digest", failure.Image.Digest.ToString());
                json.WriteString("attempted", failure.Attempted);
                json.WriteString("reason", failure.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            StatusDocument.Number(json, "freedBytes", outcome.FreedBytes);
            json.WriteString("audit", outcome.AuditPath);
            json.WriteStartArray("auditArtifacts");
            foreach (var artifact in outcome.AuditArtifacts)
            {
                json.WriteStringValue(artifact);
            }

            json.WriteEndArray();
            json.WriteString("stopped", outcome.Stopped);
            json.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<PrunedImage> images)
    {
        json.WriteStartArray(name);
        foreach (
            var image in images
                .OrderBy(image => image.Repository.ToString(), StringComparer.Ordinal)
                .ThenBy(image => image.Digest.Hex, StringComparer.Ordinal)
        )
        {
            json.WriteStartObject();
            json.WriteString("repository", image.Repository.ToString());
            json.WriteString("digest", image.Digest.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
