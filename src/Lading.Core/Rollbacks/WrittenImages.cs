using System.Text.Json;
using Lading.Checking.Templates;
using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>
/// Finds the image of a container in a template: the strings of its image property, and no other strings of the
/// resource, even if they contain the same text.
/// </summary>
internal static class WrittenImages
{
    /// <summary>Returns the strings that contain the image of a container.</summary>
    /// <param name="template">The template.</param>
    /// <param name="properties">The JSON pointer of the resource's properties.</param>
    /// <param name="container">The container.</param>
    public static IEnumerable<TemplateValue> Of(TemplateText template, string properties, NamedContainer container)
    {
        var images = ImageProperty.Of(container.Type).ToList();
        return template
            .Below(properties)
            .Where(value => value.Kind == JsonValueKind.String)
            .Where(value =>
                images.Any(property =>
                    property.FindIn(value.Pointer[properties.Length..]) is { } image
                    && NameOf(template, properties, image) is var name
                    && (name ?? container.LogicalId) == container.Container
                )
            );
    }

    /// <summary>The name of the container: that of the innermost object around the image that has one.</summary>
    private static string? NameOf(TemplateText template, string properties, IReadOnlyList<string> image)
    {
        for (var depth = image.Count - 1; depth > 0; depth--)
        {
            var enclosing = string.Join('/', image.Take(depth));
            foreach (var member in ImageProperty.Names)
            {
                if (template.TextOf(template.Find($"{properties}/{enclosing}/{member}")) is { } name)
                {
                    return name;
                }
            }
        }

        return null;
    }
}
