using System.Text.Json;

namespace Lading;

/// <summary>Reads JSON of any shape, as other programs write it: a value of an unexpected kind counts as absent.</summary>
internal static class JsonMembers
{
    /// <summary>Follows a path of members.</summary>
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

    /// <summary>The string at the end of a path of members; null if there is none.</summary>
    public static string? FindText(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.TryGet(out var found, path) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    /// <summary>A string, or the strings of an array; empty for any other value.</summary>
    public static IEnumerable<string> TextsOf(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => [element.GetString()!],
            JsonValueKind.Array => element.EnumerateArray().SelectMany(TextsOf),
            _ => [],
        };

    /// <summary>Every string value at any depth.</summary>
    public static IEnumerable<string> AllTextsOf(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().SelectMany(AllTextsOf),
            JsonValueKind.Object => element.EnumerateObject().SelectMany(member => AllTextsOf(member.Value)),
            _ => TextsOf(element),
        };

    /// <summary>The members of an object; empty if it is not an object.</summary>
    public static IEnumerable<JsonProperty> MembersOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : Enumerable.Empty<JsonProperty>();
}
