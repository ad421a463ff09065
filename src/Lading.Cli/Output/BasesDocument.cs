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
            foreach (var status in shown.Statuses)
            {
                json.WriteStartObject();
                json.WriteString("reference", status.Use.Reference);
                json.WriteStartArray("images");
                foreach (var image in status.Use.Images)
                {
                    json.WriteStringValue(image);
                }

                json.WriteEndArray();
                json.WriteString("state", Words.Of(status.State));
                json.WriteString("pinned", status.Use.Digest?.ToString());
                json.WriteString("current", status.Current?.ToString());
                WriteTime(json, "created", status.Created);
                WriteTime(json, "currentCreated", status.CurrentCreated);
                if (status.Use.Pin?.OnBuild is { } onBuild)
                {
                    json.WriteBoolean("onBuild", onBuild);
                }
                else
                {
                    json.WriteNull("onBuild");
                }

                json.WriteString("problem", status.Failure?.CameBack);
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
