using System.Text.Json;
using Lading.Running;

namespace Lading.Cli.Output;

/// <summary>The releases of a stack as JSON (schema/history.schema.json).</summary>
internal static class HistoryDocument
{
    public static string Of(HistoryReport report) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("environment", report.Environment);
            json.WriteString("stack", report.Evidence.Stack);
            json.WriteString("readAt", report.Evidence.ReadAt);
            json.WriteStartArray("releases");
            foreach (var release in report.Releases)
            {
                Write(json, release);
            }

            json.WriteEndArray();
            UnreadDocument.Write(json, report.Evidence.Unread);
            json.WriteEndObject();
        });

    public static string WordOf(ReleaseOutcome outcome) =>
        outcome switch
        {
            ReleaseOutcome.Succeeded => "succeeded",
            ReleaseOutcome.Failed => "failed",
            ReleaseOutcome.RolledBack => "rolled-back",
            ReleaseOutcome.InProgress => "in-progress",
            _ => "attempt",
        };

    private static void Write(Utf8JsonWriter json, Release release)
    {
        json.WriteStartObject();
        json.WriteString("version", release.Version);
        json.WriteString("when", release.When);
        json.WriteString("who", release.Who);
        json.WriteStartObject("images");
        foreach (var (name, reference) in release.Images)
        {
            json.WriteString(name, ReleaseFacts.DigestOf(reference)?.ToString() ?? reference);
        }

        json.WriteEndObject();
        json.WriteStartObject("revisions");
        foreach (var (name, revision) in release.Revisions.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, revision);
        }

        json.WriteEndObject();
        json.WriteStartArray("changed");
        foreach (var name in release.Changed)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteString("outcome", WordOf(release.Outcome));
        if (release.RanFor is { } time)
        {
            json.WriteNumber("ranForSeconds", (long)time.TotalSeconds);
        }
        else
        {
            json.WriteNull("ranForSeconds");
        }

        if (release.CanGoBack is { } canGoBack)
        {
            json.WriteBoolean("canGoBack", canGoBack);
        }
        else
        {
            json.WriteNull("canGoBack");
        }

        json.WriteString("why", release.Why.Length == 0 ? null : release.Why);
        json.WriteEndObject();
    }
}
