using System.Text.Json;

namespace Lading.Aws;

/// <summary>The strings of a resource, any of which may mention images.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Texts">All its strings.</param>
internal sealed record ResourceTexts(string Name, IReadOnlyList<string> Texts)
{
    /// <summary>The strings in a JSON value.</summary>
    public static ResourceTexts Of(string name, JsonElement element) => new(name, [.. JsonMembers.AllTextsOf(element)]);
}
