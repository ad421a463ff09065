using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud.Ecs;

/// <summary>Pages and batches, with their limits (Amazon ECS API reference, each operation's page).</summary>
internal static class EcsAnswers
{
    /// <summary>
    /// Answers for a limited number of names; unknown ones are failures with the reason MISSING (API, "API failure
    /// reasons").
    /// </summary>
    public static JsonObject Batch(
        JsonElement input,
        string member,
        string answer,
        int most,
        Func<string, JsonObject?> find
    )
    {
        var names = input.GetProperty(member).EnumerateArray().Select(name => name.GetString()!).ToList();
        if (names.Count == 0 || names.Count > most)
        {
            throw new EcsRefusal("InvalidParameterException", $"{member} must have 1 to {most} members.");
        }

        var found = new JsonArray();
        var failures = new JsonArray();
        foreach (var name in names)
        {
            if (find(name) is { } document)
            {
                found.Add((JsonNode)document);
            }
            else
            {
                failures.Add((JsonNode)new JsonObject { ["arn"] = name, ["reason"] = "MISSING" });
            }
        }

        return new JsonObject { [answer] = found, ["failures"] = failures };
    }

    public static JsonObject Page(IEnumerable<string> names, string member, JsonElement input) =>
        Page([.. names.Select(name => (JsonNode)JsonValue.Create(name))], member, input);

    public static JsonObject Page(IReadOnlyList<JsonNode> items, string member, JsonElement input)
    {
        var most = input.TryGetProperty("maxResults", out var given) ? given.GetInt32() : 10;
        if (most is < 1 or > 100)
        {
            throw new EcsRefusal("InvalidParameterException", "maxResults must be 1 to 100.");
        }

        var from = input.TryGetProperty("nextToken", out var token)
            ? int.Parse(token.GetString()!, CultureInfo.InvariantCulture)
            : 0;
        var page = new JsonObject { [member] = new JsonArray([.. items.Skip(from).Take(most)]) };
        if (from + most < items.Count)
        {
            page["nextToken"] = (from + most).ToString(CultureInfo.InvariantCulture);
        }

        return page;
    }
}

/// <summary>An error response of ECS.</summary>
internal sealed class EcsRefusal(string code, string message) : Exception(message)
{
    public string Code => code;
}
