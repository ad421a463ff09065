using System.Text.Json;
using Lading.Fingerprints;

namespace Lading.Cli.Output;

/// <summary>Notes about builds as JSON (docs/output.md, "plan").</summary>
internal static class BuildNotesDocument
{
    /// <summary>Writes the member <c>notes</c>.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<BuildNote> notes)
    {
        json.WriteStartArray("notes");
        foreach (var note in notes)
        {
            json.WriteStartObject();
            json.WriteString("image", note.Image);
            json.WriteString("dockerfile", note.Dockerfile);
            if (note.Line is { } line)
            {
                json.WriteNumber("line", line);
            }
            else
            {
                json.WriteNull("line");
            }

            json.WriteString("text", note.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
