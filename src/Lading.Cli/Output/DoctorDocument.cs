using System.Text.Json;
using Lading.Diagnosis;

namespace Lading.Cli.Output;

/// <summary>The output of <c>lading doctor</c> as JSON (docs/doctor.md; schema/doctor.schema.json).</summary>
internal static class DoctorDocument
{
    /// <summary>Incremented if a key changes its meaning or is removed; new keys do not count.</summary>
    public const int Version = 1;

    public static string Of(HealthReport report) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("doctorVersion", Version);
            json.WriteBoolean("holds", !report.IsBroken);
            json.WriteBoolean("complete", report.Problems.All(each => each.Finding.Severity != Severity.Unknown));
            json.WriteNumber("milliseconds", (long)report.Took.TotalMilliseconds);
            json.WriteStartArray("removed");
            foreach (var removed in report.Removed ?? [])
            {
                json.WriteStringValue(removed);
            }

            json.WriteEndArray();
            json.WriteStartArray("checks");
            foreach (var result in report.Results)
            {
                Write(json, result);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter json, HealthResult result)
    {
        json.WriteStartObject();
        json.WriteString("check", result.Check);
        json.WriteString("environment", result.Environment);
        json.WriteString("severity", WordOf(result.Severity));
        json.WriteStartArray("findings");
        foreach (var finding in result.Findings)
        {
            json.WriteStartObject();
            json.WriteString("severity", WordOf(finding.Severity));
            json.WriteString("text", finding.Text);
            json.WriteString("remedy", finding.Remedy.Length == 0 ? null : finding.Remedy);
            json.WriteString("paste", finding.Paste);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string WordOf(Severity severity) =>
        severity switch
        {
            Severity.Broken => "broken",
            Severity.Warning => "warning",
            Severity.Unknown => "unknown",
            _ => "fine",
        };
}
