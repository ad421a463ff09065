using System.Text.Json;

namespace Lading.Aws;

/// <summary>The strings of something that may mention images anywhere.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Texts">Every string of it.</param>
internal sealed record ResourceTexts(string Name, IReadOnlyList<string> Texts)
{
    /// <summary>The strings in a JSON value.</summary>
    public static ResourceTexts Of(string name, JsonElement element) => new(name, [.. JsonMembers.AllTextsOf(element)]);
}
