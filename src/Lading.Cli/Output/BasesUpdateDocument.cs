using Lading.Bases;

namespace Lading.Cli.Output;

/// <summary>The output of <c>bases update</c> as JSON (docs/output.md, "bases update").</summary>
internal static class BasesUpdateDocument
{
    public static string Of(BasesUpdateOutcome outcome) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("changed", outcome.WrittenTo is not null);
            json.WriteStartArray("bases");
            foreach (var each in outcome.Resolved)
            {
                json.WriteStartObject();
                json.WriteString("reference", each.Use.Reference);
                json.WriteString("before", each.Use.Pin?.Digest.ToString());
                json.WriteString("after", (each.Pin ?? each.Use.Pin)?.Digest.ToString());
                json.WriteBoolean("changed", each.IsChange);
                json.WriteString("problem", each.Failure?.CameBack);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("removed");
            foreach (var reference in outcome.Removed)
            {
                json.WriteStringValue(reference);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
}
