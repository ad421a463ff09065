using System.Text.Json;
using Lading.Oci;
using Lading.Retention.Acting;
using Lading.Retention.Evidence;

namespace Lading.Cli.Output;

/// <summary>The output of <c>prune --apply</c> as JSON (schema/pruned.schema.json).</summary>
internal static class PruneOutcomeDocument
{
    public static string Of(string environment, string registry, PruneOutcome outcome) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("environment", environment);
            json.WriteString("registry", registry);
            Write(json, "deleted", outcome.Archives ? [] : outcome.Removed);
            Write(json, "archived", outcome.Archives ? outcome.Removed : []);
            Write(json, "marked", outcome.Marked);
            Write(json, "keptAgain", outcome.KeptAgain);
            Write(json, "spared", outcome.Spared);
            json.WriteStartArray("waiting");
            foreach (var waiting in outcome.Waiting)
            {
                json.WriteStartObject();
                Write(json, waiting.Repository, waiting.Image.Digest);
                json.WriteString("marked", UtcText.Day(waiting.Since));
                json.WriteString("until", UtcText.Day(waiting.Until));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("failures");
            foreach (var failure in outcome.Failures)
            {
                json.WriteStartObject();
                Write(json, failure.Image.Repository, failure.Image.Digest);
                json.WriteString("attempted", failure.Attempted);
                json.WriteString("reason", failure.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            StatusDocument.Number(json, "freedBytes", outcome.Freed?.Bytes);
            StatusDocument.Number(json, "freedBytesAtMost", outcome.Freed?.AtMost);
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
                .OrderBy(image => image.Repository.Name)
                .ThenBy(image => image.Digest.Hex, StringComparer.Ordinal)
        )
        {
            json.WriteStartObject();
            Write(json, image.Repository, image.Digest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, StoredRepository repository, Digest digest)
    {
        json.WriteString("repository", repository.Name.Value);
        json.WriteString("digest", digest.ToString());
    }
}
