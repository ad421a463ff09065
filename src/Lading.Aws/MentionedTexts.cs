using System.Text.Json;

namespace Lading.Aws;

/// <summary>The strings of something that may mention images anywhere.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Texts">Every string of it.</param>
internal sealed record MentionedTexts(string Name, IReadOnlyList<string> Texts)
{
    /// <summary>The strings in a JSON value.</summary>
    public static MentionedTexts Of(string name, JsonElement element) => new(name, [.. In(element)]);

    /// <summary>Every string in a JSON value, at any depth.</summary>
    public static IEnumerable<string> In(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => [element.GetString()!],
            JsonValueKind.Array => element.EnumerateArray().SelectMany(In),
            JsonValueKind.Object => element.EnumerateObject().SelectMany(member => In(member.Value)),
            _ => [],
        };
}
