using System.Text.Json;

namespace Lading;

/// <summary>Looks into JSON of any shape, such as other programs write: a value of an unexpected kind counts as absent.</summary>
internal static class JsonMembers
{
    /// <summary>Goes down a path of members.</summary>
    public static bool TryGet(this JsonElement element, out JsonElement found, params ReadOnlySpan<string> path)
    {
        found = element;
        foreach (var name in path)
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text at the end of a path of members; null if there is none, or something else than a text.</summary>
    public static string? FindText(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.TryGet(out var found, path) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    /// <summary>The members of an object; none if it is not an object.</summary>
    public static IEnumerable<JsonProperty> MembersOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : Enumerable.Empty<JsonProperty>();
}
