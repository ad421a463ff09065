using System.Text.Json;

namespace Lading.Checking.Templates;

/// <summary>The value of a property that names a container image.</summary>
/// <param name="Container">The name of the container; null if it has none.</param>
/// <param name="Value">The value in the template; null if it is known only at deployment.</param>
/// <param name="Within">The objects around it, from the resource's properties to the innermost.</param>
internal sealed record ImageValue(string? Container, JsonElement? Value, IReadOnlyList<JsonElement> Within)
{
    /// <summary>The properties of the resource.</summary>
    public JsonElement Properties => Within[0];

    /// <summary>A member of the innermost object around the image that has it.</summary>
    public JsonElement? FindAround(string member)
    {
        for (var index = Within.Count - 1; index >= 0; index--)
        {
            if (JsonMembers.TryGet(Within[index], out var found, member))
            {
                return found;
            }
        }

        return null;
    }
}
