using System.Text.Json;

namespace Lading.Checking.Templates;

/// <summary>CloudFormation's notation of a function: an object with its name as the only member.</summary>
internal static class IntrinsicFunction
{
    /// <summary>An object's only member.</summary>
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

    /// <summary>The resource and the attribute of an <c>Fn::GetAtt</c>, in either form; empty if there are none.</summary>
    public static string[] AttributePath(JsonElement argument) =>
        argument.ValueKind switch
        {
            JsonValueKind.String => argument.GetString()!.Split('.', 2),
            JsonValueKind.Array when argument.GetArrayLength() == 2 => [argument[0].ToString(), argument[1].ToString()],
            _ => [],
        };
}
