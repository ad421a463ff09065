using System.Text.Json;

namespace Lading.Checking.Templates;

/// <summary>Values that CloudFormation resolves during the deployment ("Dynamic references", "SSM parameter types").</summary>
internal static class DynamicReference
{
    private const string Start = "{{resolve:";

    /// <summary>The source of a value, as part of a sentence; null for a literal.</summary>
    public static string? Find(string text)
    {
        var at = text.IndexOf(Start, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var rest = text[(at + Start.Length)..];
        var end = rest.IndexOf("}}", StringComparison.Ordinal);
        var parts = (end < 0 ? rest : rest[..end]).Split(':', 2);
        return parts is ["ssm" or "ssm-secure", var path]
            ? Read(path)
            : $"a dynamic reference ({parts[0]}) is resolved at deployment";
    }

    /// <summary>The source of a template parameter's value; null for one whose value is passed.</summary>
    public static string? OfParameter(string name, JsonElement parameter) =>
        JsonMembers.TryGet(parameter, out var type, "Type")
        && type.ToString().StartsWith("AWS::SSM::Parameter::Value", StringComparison.Ordinal)
            ? parameter.FindText("Default") is { } path
                ? Read(path)
                : $"parameter {name} names an SSM parameter that is read at deployment"
            : null;

    private static string Read(string path) => $"SSM parameter {path} is read at deployment";
}
