using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>
/// The images that <c>publish --platform</c> includes: one part of multi-platform images, and images for that platform
/// alone.
/// </summary>
/// <remarks>Multi-platform images that need no engine are left out: a publish of all platforms makes them, equally on
/// every machine.</remarks>
/// <param name="Images">The images to publish.</param>
/// <param name="Left">The images left to publishing all platforms.</param>
internal sealed record PlatformScope(IReadOnlyList<ImageIdentity> Images, IReadOnlyList<ImageIdentity> Left)
{
    /// <summary>Chooses the images of a platform.</summary>
    /// <param name="images">The requested images.</param>
    /// <param name="platform">The platform.</param>
    /// <param name="named">The images requested by name, which must have the platform.</param>
    /// <exception cref="LadingException">A named image does not have the platform, or no image does.</exception>
    public static PlatformScope Of(
        IReadOnlyList<ImageIdentity> images,
        Platform platform,
        IReadOnlyCollection<string> named
    )
    {
        var attempted = $"Could not publish for {platform}";
        if (images.FirstOrDefault(image => named.Contains(image.Name) && !IsFor(image, platform)) is { } other)
        {
            var own = other.Definition.Platforms.Select(item => item.ToString()).DefaultIfEmpty("those of its origin");
            throw LadingException.Usage(
                attempted,
                $"image {other.Name} is for {string.Join(", ", own)}",
                $"Add \"{platform}\" to its \"platforms\" in lading.json, or leave it out here."
            );
        }

        var published = images.Where(image => IsPublishedSeparately(image, platform)).ToList();
        return published.Count > 0 || named.Count > 0
            ? new PlatformScope(published, [.. images.Except(published)])
            : throw LadingException.Usage(
                attempted,
                "no image is built for it",
                "The platforms of an image are its \"platforms\" in lading.json, by default linux/amd64."
            );
    }

    /// <summary>True if the image is built platform by platform, and combined.</summary>
    public static bool IsJoined(ImageIdentity image) => image.Inputs is BuiltInputs { Platforms.Count: > 1 };

    private static bool IsFor(ImageIdentity image, Platform platform) =>
        image.Definition.Platforms.Contains(platform.Normalized());

    private static bool IsPublishedSeparately(ImageIdentity image, Platform platform) =>
        IsFor(image, platform) && (image.Definition.Platforms.Count == 1 || IsJoined(image));
}
