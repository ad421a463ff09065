using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>What publishing for one platform is about: that part of the images for several, and all of those for it alone.</summary>
/// <remarks>What no engine builds is left to the publish of all: it is the same on every machine.</remarks>
/// <param name="Images">What is published.</param>
/// <param name="Left">What is left to the publish of all platforms.</param>
internal sealed record PlatformScope(IReadOnlyList<ImageIdentity> Images, IReadOnlyList<ImageIdentity> Left)
{
    /// <summary>Chooses.</summary>
    /// <param name="images">The images that were asked for.</param>
    /// <param name="platform">The platform.</param>
    /// <param name="named">Those that were asked for by name: they have to be for the platform.</param>
    /// <exception cref="LadingException">An image that was named is not for the platform, or none at all is.</exception>
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

        var published = images.Where(image => IsApart(image, platform)).ToList();
        return published.Count > 0 || named.Count > 0
            ? new PlatformScope(published, [.. images.Except(published)])
            : throw LadingException.Usage(
                attempted,
                "no image is built for it",
                "The platforms of an image are its \"platforms\" in lading.json, by default linux/amd64."
            );
    }

    /// <summary>True if the image is built platform by platform, and joined.</summary>
    public static bool IsJoined(ImageIdentity image) => image.Inputs is BuiltInputs { Platforms.Count: > 1 };

    private static bool IsFor(ImageIdentity image, Platform platform) =>
        image.Definition.Platforms.Contains(platform.Normalized());

    private static bool IsApart(ImageIdentity image, Platform platform) =>
        IsFor(image, platform) && (image.Definition.Platforms.Count == 1 || IsJoined(image));
}
