using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lading.Explaining;

/// <summary>The parameters of an image as names and values for people to read and compare.</summary>
internal static class ImageSettings
{
    /// <summary>The parameters that identify base images; bases are compared separately.</summary>
    private static readonly string[] BaseParameters = ["image", "base", "from"];

    /// <summary>In the order of the parameters, without those that are not set.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(JsonObject parameters)
    {
        var settings = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in parameters.Where(pair => !BaseParameters.Contains(pair.Key)))
        {
            switch (value)
            {
                case JsonObject map:
                    settings.AddRange(
                        map.Select(pair => KeyValuePair.Create($"{name}.{pair.Key}", TextOf(pair.Value)))
                    );
                    break;
                case null:
                case JsonArray { Count: 0 }:
                case JsonValue number when name == "epoch" && TextOf(number) == "0":
                    break;
                default:
                    settings.Add(KeyValuePair.Create(name, TextOf(value)));
                    break;
            }
        }

        return settings;
    }

    private static string TextOf(JsonNode? value) =>
        value switch
        {
            null => "",
            JsonArray list => string.Join(", ", list.Select(TextOf)),
            JsonObject map => string.Join(" → ", map.Select(pair => TextOf(pair.Value))),
            _ => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(),
        };
}
