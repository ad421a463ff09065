using System.Text;
using System.Text.Json;
using Lading.Explaining;
using Lading.Git;

namespace Lading.Cli.Output;

/// <summary>The inputs of an image as JSON (docs/output.md, "why").</summary>
internal static class ProvenanceDocument
{
    public static string Of(ProvenanceScreen shown) =>
        JsonText.Write(json =>
        {
            var inputs = shown.Side.Inputs;
            json.WriteStartObject();
            json.WriteString("image", inputs.Image);
            SideDocument.Write(json, shown.Side);
            json.WritePropertyName("parameters");
            inputs.Parameters.WriteTo(json);
            json.WriteStartArray("bases");
            foreach (var each in inputs.Bases)
            {
                json.WriteStartObject();
                json.WriteString("reference", each.Reference);
                json.WriteString("digest", each.Digest?.ToString());
                json.WriteBoolean("pinned", each.IsPinned);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("dockerfile");
            json.WriteString("path", inputs.Dockerfile?.FullPath);
            json.WriteString("digest", inputs.Dockerfile?.Digest.ToString());
            json.WriteEndObject();
            WriteNarrowing(json, shown.Side);
            json.WriteString("ignoreFile", shown.Side.IgnoreFile);
            BuildNotesDocument.Write(json, shown.Side.Notes);
            json.WriteStartArray("files");
            foreach (var file in inputs.Files)
            {
                json.WriteStartObject();
                json.WriteString("path", file.FullPath);
                json.WriteString("mode", Encoding.ASCII.GetString(file.Mode.Octal()));
                json.WriteString("id", file.Id.ToString());
                json.WriteString("context", file.Context.Length == 0 ? null : file.Context);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static void WriteNarrowing(Utf8JsonWriter json, ExplainedImage side)
    {
        if (side.Narrowing is not { } narrowing)
        {
            json.WriteNull("narrowing");
            return;
        }

        json.WriteStartObject("narrowing");
        json.WriteBoolean("whole", narrowing.IsWhole);
        if (narrowing.Line is { } line)
        {
            json.WriteNumber("line", line);
        }
        else
        {
            json.WriteNull("line");
        }

        json.WriteString("reason", narrowing.Reason);
        json.WriteEndObject();
    }
}
