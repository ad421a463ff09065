using System.Text.Json;

namespace Lading.Checking.Templates;

/// <summary>Looks into JSON of any shape: what is not as expected is not there.</summary>
internal static class Json
{
    /// <summary>Goes down a path of members.</summary>
    public static bool TryGet(JsonElement element, out JsonElement found, params ReadOnlySpan<string> path)
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

    /// <summary>An object's only member: how CloudFormation writes a function.</summary>
    public static bool TryGetSingle(JsonElement element, out string name, out JsonElement value)
    {
        name = "";
        value = default;
        var count = 0;
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                (name, value) = (member.Name, member.Value);
                count++;
            }
        }

        return count == 1;
    }

    public static bool TryGetFunction(JsonElement element, string function, out JsonElement argument) =>
        TryGetSingle(element, out var name, out argument) && name == function;

    public static bool IsReference(JsonElement element, string name) =>
        TryGetFunction(element, "Ref", out var target)
        && target.ValueKind == JsonValueKind.String
        && target.ValueEquals(name);

    public static bool IsArray(JsonElement element, int length) =>
        element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == length;

    /// <summary>The members of an object; none where it is no object.</summary>
    public static IEnumerable<JsonProperty> MembersOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : Enumerable.Empty<JsonProperty>();
}
