using System.Text;
using System.Text.Json;
using Lading.Explaining;
using Lading.Git;
using Lading.Provenance;

namespace Lading.Cli.Output;

/// <summary>A difference as JSON (docs/output.md, "why --from").</summary>
internal static class DifferenceDocument
{
    public static string Of(DifferenceScreen screen) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("image", screen.After.Inputs.Image);
            json.WriteBoolean("same", screen.Before.Inputs.Fingerprint == screen.After.Inputs.Fingerprint);
            json.WriteBoolean("historyComplete", screen.History is { IsKnown: true, Files.IsCut: false });
            WriteSide(json, "from", screen.Before);
            WriteSide(json, "to", screen.After);
            json.WriteStartArray("files");
            foreach (var change in screen.Difference.Files)
            {
                Write(json, change, screen);
            }

            json.WriteEndArray();
            json.WriteStartArray("bases");
            foreach (var change in screen.Difference.Bases)
            {
                json.WriteStartObject();
                json.WriteString("reference", change.Reference);
                json.WriteString("before", change.Before?.Counting?.ToString());
                json.WriteString("after", change.After?.Counting?.ToString());
                json.WriteBoolean("uncommitted", screen.IsUncommitted(change));
                WriteCommits(json, screen.History.OfBase(change.Reference));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("settings");
            foreach (var change in screen.Difference.Settings)
            {
                json.WriteStartObject();
                json.WriteString("name", change.Name);
                json.WriteString("before", change.Before);
                json.WriteString("after", change.After);
                json.WriteBoolean("uncommitted", screen.AreSettingsUncommitted);
                WriteCommits(json, screen.History.OfSettings);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter json, FileChange change, DifferenceScreen screen)
    {
        json.WriteStartObject();
        json.WriteString("change", change.Kind.ToString());
        json.WriteString("path", change.FullPath);
        WriteFile(json, "before", change.Before);
        WriteFile(json, "after", change.After);
        json.WriteBoolean("uncommitted", screen.After.Uncommitted.Contains(change.FullPath));
        WriteCommits(json, screen.History.OfFile(change.FullPath));
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, string name, FileRecord? file)
    {
        if (file is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("path", file.FullPath);
        json.WriteString("mode", Encoding.ASCII.GetString(file.Mode.Octal()));
        json.WriteString("id", file.Id.ToString());
        json.WriteEndObject();
    }

    private static void WriteSide(Utf8JsonWriter json, string name, ExplainedImage side)
    {
        json.WriteStartObject(name);
        SideDocument.Write(json, side);
        json.WriteEndObject();
    }

    private static void WriteCommits(Utf8JsonWriter json, IReadOnlyList<FileCommit> commits)
    {
        json.WriteStartArray("commits");
        foreach (var commit in commits)
        {
            json.WriteStartObject();
            json.WriteString("id", commit.Id.ToString());
            json.WriteString("subject", commit.Subject);
            json.WriteBoolean("undone", commit.IsUndone);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
