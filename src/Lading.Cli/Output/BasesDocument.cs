namespace Lading.Cli.Output;

/// <summary>The output of <c>bases</c> and <c>bases check</c> as JSON (docs/output.md, "bases").</summary>
internal static class BasesDocument
{
    public static string Of(BasesScreen shown) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("holds", shown.Failure is null);
            json.WriteStartArray("bases");
            foreach (var standing in shown.Standings)
            {
                json.WriteStartObject();
                json.WriteString("reference", standing.Use.Reference);
                json.WriteStartArray("images");
                foreach (var image in standing.Use.Images)
                {
                    json.WriteStringValue(image);
                }

                json.WriteEndArray();
                json.WriteString("state", Words.Of(standing.State));
                json.WriteString("pinned", standing.Use.Digest?.ToString());
                json.WriteString("current", standing.Current?.ToString());
                WriteTime(json, "created", standing.Created);
                WriteTime(json, "currentCreated", standing.CurrentCreated);
                if (standing.Use.Pin?.OnBuild is { } onBuild)
                {
                    json.WriteBoolean("onBuild", onBuild);
                }
                else
                {
                    json.WriteNull("onBuild");
                }

                json.WriteString("problem", standing.Failure?.CameBack);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("unused");
            foreach (var reference in shown.Unused)
            {
                json.WriteStringValue(reference);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static void WriteTime(System.Text.Json.Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, known.UtcDateTime);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
