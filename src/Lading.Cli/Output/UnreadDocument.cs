using System.Text.Json;
using Lading.Running.Evidence;

namespace Lading.Cli.Output;

/// <summary>What could not be read, as part of other documents.</summary>
internal static class UnreadDocument
{
    /// <summary>Writes the member <c>unread</c>.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<UnreadFact> facts)
    {
        json.WriteStartArray("unread");
        foreach (var fact in facts)
        {
            json.WriteStartObject();
            json.WriteString("action", fact.Source.Action);
            json.WriteString("subject", fact.Source.Subject);
            json.WriteString("reason", fact.Reason);
            json.WriteString("remedy", fact.Remedy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
