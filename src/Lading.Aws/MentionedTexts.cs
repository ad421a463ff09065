using System.Text.Json;

namespace Lading.Aws;

/// <summary>The texts of something that may name images, wherever in it they are.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Texts">Every string of it.</param>
internal sealed record MentionedTexts(string Name, IReadOnlyList<string> Texts)
{
    /// <summary>Those of some JSON.</summary>
    public static MentionedTexts Of(string name, JsonElement element) => new(name, [.. In(element)]);

    /// <summary>Every string of some JSON, at whatever depth.</summary>
    public static IEnumerable<string> In(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => [element.GetString()!],
            JsonValueKind.Array => element.EnumerateArray().SelectMany(In),
            JsonValueKind.Object => element.EnumerateObject().SelectMany(member => In(member.Value)),
            _ => [],
        };
}
