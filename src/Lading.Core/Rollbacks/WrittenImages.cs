using System.Text.Json;
using Lading.Checking.Templates;
using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>
/// Finds where a template writes the image of a container: the texts of the property that names it, and no other text of the
/// resource, whatever it says.
/// </summary>
internal static class WrittenImages
{
    private const string EachItem = "[]";
    private const string Condition = "Fn::If";

    /// <param name="template">The template.</param>
    /// <param name="properties">Where the properties of its resource are, as a JSON pointer.</param>
    /// <param name="container">The container.</param>
    public static IEnumerable<TemplateValue> Of(TemplateText template, string properties, NamedContainer container)
    {
        var paths = ImageProperty.Of(container.Type).Select(property => property.Path).ToList();
        return template
            .Below(properties)
            .Where(value => value.Kind == JsonValueKind.String)
            .Where(value =>
                paths.Any(path =>
                    Find(value.Pointer[properties.Length..].Split('/'), path) is { } image
                    && NameOf(template, properties, image) is var name
                    && (name ?? container.LogicalId) == container.Container
                )
            );
    }

    /// <summary>The members down to the property that a place is in or below; null if it is in another one.</summary>
    private static List<string>? Find(string[] pointer, IReadOnlyList<string> path)
    {
        // The first is empty: pointers begin with a slash.
        var at = 1;
        foreach (var member in path)
        {
            while (at + 1 < pointer.Length && pointer[at] == Condition)
            {
                at += 2;
            }

            var isThere =
                at < pointer.Length
                && (member == EachItem ? pointer[at].All(char.IsAsciiDigit) : pointer[at] == member);
            if (!isThere)
            {
                return null;
            }

            at++;
        }

        return [.. pointer[1..at]];
    }

    /// <summary>The name of what has the image: of the innermost member around it that has one.</summary>
    private static string? NameOf(TemplateText template, string properties, List<string> image)
    {
        for (var depth = image.Count - 1; depth > 0; depth--)
        {
            var around = string.Join('/', image.Take(depth));
            if (template.TextOf(template.Find($"{properties}/{around}/Name")) is { } name)
            {
                return name;
            }
        }

        return null;
    }
}
