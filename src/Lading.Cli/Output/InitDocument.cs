using System.Text.Json;
using Lading.Initializing;

namespace Lading.Cli.Output;

/// <summary>The output of <c>init</c> as JSON (docs/output.md, "init").</summary>
internal static class InitDocument
{
    public static string Of(InitOutcome outcome) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("path", outcome.Path);
            json.WriteBoolean("written", outcome.IsNew);
            json.WriteString("language", outcome.App?.Language);
            WriteOffers(json, outcome);
            json.WriteStartArray("images");
            foreach (var name in outcome.Configuration.Images.Keys)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            json.WriteStartArray("unused");
            foreach (var image in outcome.Unused)
            {
                json.WriteStringValue(image.Dockerfile);
            }

            json.WriteEndArray();
            json.WriteStartArray("pinned");
            foreach (var reference in outcome.Pins.Pinned)
            {
                json.WriteStringValue(reference);
            }

            json.WriteEndArray();
            json.WriteStartArray("floating");
            foreach (var (reference, _) in outcome.Pins.Unpinned)
            {
                json.WriteStringValue(reference);
            }

            json.WriteEndArray();
            BuildNotesDocument.Write(json, outcome.Notes);
            json.WriteEndObject();
        });

    private static void WriteOffers(Utf8JsonWriter json, InitOutcome outcome)
    {
        json.WriteStartArray("sidecars");
        foreach (var sidecar in outcome.Sidecars)
        {
            json.WriteStartObject();
            json.WriteString("name", sidecar.Name);
            json.WriteString("from", sidecar.Reference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (outcome.Edit is not { } edit)
        {
            json.WriteNull("edit");
            return;
        }

        json.WriteStartObject("edit");
        json.WriteString("path", edit.Path);
        json.WriteString("import", edit.Import);
        json.WriteString("before", edit.Before);
        json.WriteString("after", edit.After);
        json.WriteBoolean("written", outcome.IsEdited);
        json.WriteEndObject();
    }
}
