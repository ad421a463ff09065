using Lading.Configuration;

namespace Lading.Fingerprints;

/// <summary>The images that a command line names.</summary>
internal static class ImageSelection
{
    /// <summary>The definitions of the named images, all where none is named.</summary>
    /// <exception cref="LadingException">A name is none.</exception>
    public static IEnumerable<ImageDefinition> Of(LadingConfiguration configuration, IReadOnlyList<string> names)
    {
        var unknown = names.Where(name => !configuration.Images.ContainsKey(name)).ToList();
        if (unknown.Count > 0)
        {
            throw LadingException.Usage(
                $"Could not find {(unknown.Count == 1 ? "image" : "images")} {string.Join(", ", unknown)}",
                "lading.json has no such entry",
                $"Its images are {string.Join(", ", configuration.Images.Keys)}."
            );
        }

        return names.Count == 0
            ? configuration.Images.Values
            : names.Distinct(StringComparer.Ordinal).Select(name => configuration.Images[name]);
    }
}
