using Lading.Configuration;

namespace Lading.Fingerprints;

/// <summary>The images that a command line selects.</summary>
internal static class ImageSelection
{
    /// <summary>The definitions of the named images, or of all images if none is named.</summary>
    /// <exception cref="LadingException">A name is not that of an image.</exception>
    public static IEnumerable<ImageDefinition> Of(LadingConfiguration configuration, IReadOnlyList<string> names)
    {
        return names.Count == 0
            ? configuration.Images.Values
            : names.Distinct(StringComparer.Ordinal).Select(configuration.GetImage).ToList();
    }
}
