using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud.Stacks;

/// <summary>SSM's operations on parameters (SSM API reference, PutParameter, GetParameter, DeleteParameter).</summary>
internal sealed class ParametersApi(TestParameters parameters, Func<DateTimeOffset> now, HashSet<string> denied)
{
    public static IReadOnlyList<string> Operations { get; } =
    [
        "ssm:GetParametersByPath",
        "ssm:GetParameterHistory",
        "ssm:GetParameter",
        "ssm:PutParameter",
        "ssm:DeleteParameter",
    ];

    /// <summary>Runs before a parameter is deleted.</summary>
    public Action? BeforeDeletion { get; set; }

    public (int Status, JsonObject Body) Answer(string operation, JsonElement input)
    {
        if (denied.Contains(operation))
        {
            return Error("AccessDeniedException", $"not authorized to perform: ssm:{operation}");
        }

        if (operation == "DeleteParameter")
        {
            BeforeDeletion?.Invoke();
        }

        return operation switch
        {
            "GetParametersByPath" => (
                200,
                new JsonObject
                {
                    ["Parameters"] = new JsonArray([
                        .. parameters
                            .Where(each =>
                                each.Value.Count > 0
                                && each.Key.StartsWith(input.GetProperty("Path").GetString()!, StringComparison.Ordinal)
                            )
                            .Select(each => (JsonNode)Of(each.Key, each.Value, each.Value.Count)),
                    ]),
                }
            ),
            "GetParameterHistory" => History(NameIn(input)),
            "GetParameter" => Get(NameIn(input)),
            "PutParameter" => Put(NameIn(input), input),
            "DeleteParameter" => parameters.Remove(NameIn(input)) ? (200, []) : Error("ParameterNotFound"),
            _ => throw new NotSupportedException(operation),
        };
    }

    private (int Status, JsonObject Body) History(string name) =>
        parameters.TryGetValue(name, out var versions)
            ? (
                200,
                new JsonObject
                {
                    // The last 100 versions (SSM API reference, GetParameterHistory).
                    ["Parameters"] = new JsonArray([
                        .. Enumerable
                            .Range(1, versions.Count)
                            .Select(version => (JsonNode)Of(name, versions, version))
                            .Skip(Math.Max(0, versions.Count - 100)),
                    ]),
                }
            )
            : Error("ParameterNotFound");

    private (int Status, JsonObject Body) Get(string selector)
    {
        var (name, asked) = selector.Split(':') is [var left, var right]
            ? (left, int.Parse(right, CultureInfo.InvariantCulture))
            : (selector, (int?)null);
        if (!parameters.TryGetValue(name, out var versions))
        {
            return Error("ParameterNotFound");
        }

        var version = asked ?? versions.Count;
        return version <= versions.Count
            ? (200, new JsonObject { ["Parameter"] = Of(name, versions, version) })
            : Error("ParameterVersionNotFound");
    }

    private (int Status, JsonObject Body) Put(string name, JsonElement input)
    {
        var isThere = parameters.TryGetValue(name, out var versions);
        if (isThere && !(input.TryGetProperty("Overwrite", out var overwrite) && overwrite.GetBoolean()))
        {
            return Error(
                "ParameterAlreadyExists",
                "The parameter already exists. To overwrite this value, set the overwrite option in the request to true."
            );
        }

        if (!isThere)
        {
            parameters.Add(name, versions = []);
        }

        versions!.Add((input.GetProperty("Value").GetString()!, now()));
        return (200, new JsonObject { ["Version"] = versions.Count, ["Tier"] = "Standard" });
    }

    private static string NameIn(JsonElement input) => input.GetProperty("Name").GetString()!;

    private static (int Status, JsonObject Body) Error(string type, string message = "") =>
        (400, new JsonObject { ["__type"] = type, ["message"] = message });

    private static JsonObject Of(string name, List<(string Value, DateTimeOffset At)> versions, int version) =>
        new()
        {
            ["Name"] = name,
            ["Type"] = "String",
            ["Value"] = versions[version - 1].Value,
            ["Version"] = version,
            ["LastModifiedDate"] = versions[version - 1].At.ToUnixTimeMilliseconds() / 1000.0,
        };
}
