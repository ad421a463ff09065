using Lading.Configuration;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>The images that a lock pins, against what <c>lading.json</c> and the stack ask for.</summary>
/// <param name="Lock">What the lock holds.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Definitions">The images of <c>lading.json</c>.</param>
/// <param name="Publish">The command that writes the lock.</param>
internal sealed record LockedImages(
    ImageLock Lock,
    string Path,
    IReadOnlyDictionary<string, ImageDefinition> Definitions,
    PublishCommand Publish
) : IImageSource
{
    public PinnedImage Get(string name, Func<Platform?> findPlatform)
    {
        CheckName(name, Definitions);
        if (!Lock.Images.TryGetValue(name, out var image))
        {
            throw new LadingException(
                $"Could not pin image {name}",
                $"the lock {Path} does not hold it",
                $"Run '{Publish.For(name)}'."
            );
        }

        CheckPlatform(name, image.Platforms, findPlatform(), Publish);
        return new PinnedImage(image.Repository, image.Digest);
    }

    /// <exception cref="LadingException"><c>lading.json</c> has no such image.</exception>
    public static void CheckName(string name, IReadOnlyDictionary<string, ImageDefinition> definitions)
    {
        if (!definitions.ContainsKey(name))
        {
            throw LadingException.Usage(
                $"Could not pin image {name}",
                "lading.json has no image of that name",
                $"It has {string.Join(", ", definitions.Keys)}. Add an image there, then run 'lading publish {name}'."
            );
        }
    }

    /// <exception cref="LadingException">The image is not for the platform that it must run on.</exception>
    public static void CheckPlatform(
        string name,
        IReadOnlyList<Platform> platforms,
        Platform? platform,
        PublishCommand publish
    )
    {
        if (platform is not null && platforms.Count > 0 && !platforms.Any(one => one.RunsOn(platform)))
        {
            throw new LadingException(
                $"Could not pin image {name}",
                $"the task definition runs on {platform}, and the image is for {string.Join(", ", platforms)}",
                $"Set the task definition's RuntimePlatform, or add {platform} to the image's platforms in lading.json and run '{publish.For(name)}'."
            );
        }
    }

    /// <summary>Says that the lock is not that of HEAD, where it is not; null where it is.</summary>
    /// <param name="name">An image that the lock holds.</param>
    /// <param name="atHead">Its fingerprint at HEAD; null where HEAD has no such image.</param>
    public string? FindStaleness(string name, string? atHead)
    {
        var image = Lock.Images[name];
        if (image.Fingerprint == atHead)
        {
            return null;
        }

        var reason = (image.Revision, atHead) switch
        {
            (null, _) => "the lock pins it as it was published from uncommitted changes",
            (_, null) => "lading.json has no such image at HEAD",
            _ =>
                $"the lock pins it as it was at {image.Revision[..Math.Min(12, image.Revision.Length)]}, and its inputs have changed since",
        };
        return $"Image {name} is not that of HEAD: {reason}. Run '{Publish.For(name)}', or '{Publish.Resolve}' where it is published already.";
    }
}
