using Lading.Apps;
using Lading.Configuration;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>The images that a lock pins, against what <c>lading.json</c> and the stack ask for.</summary>
/// <param name="Lock">What the lock holds.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Definitions">The images of <c>lading.json</c>.</param>
/// <param name="Commands">What writes the lock.</param>
internal sealed record LockedImages(
    ImageLock Lock,
    string Path,
    IReadOnlyDictionary<string, ImageDefinition> Definitions,
    LockCommands Commands
) : IImagePins
{
    public PinnedImage Get(string name, ImageDemand demand)
    {
        CheckName(name, Definitions);
        if (!Lock.Images.TryGetValue(name, out var image))
        {
            throw new LadingException(
                $"Could not pin image {name}",
                $"the lock {Path} does not hold it",
                $"Run '{Commands.For(name)}'."
            );
        }

        if (!demand.IsOfOneManifest)
        {
            CheckPlatform(name, image.Platforms, demand.FindPlatform(), Commands);
            return new PinnedImage(image.Repository, image.Digest) { IsIndex = image.Manifests is { Count: > 0 } };
        }

        CheckPlatform(name, image.Platforms, demand.SinglePlatform, Commands, $"{demand.Service.Service} is to run it");
        return new PinnedImage(image.Repository, ManifestOf(name, image, demand));
    }

    /// <summary>The manifest for the platform; the image itself if it is not an index.</summary>
    private Digest ManifestOf(string name, LockedImage image, ImageDemand demand)
    {
        if (image.Manifests is not { } manifests)
        {
            throw new LadingException(
                $"Could not pin image {name} for {demand.Service.Service}, which takes no image index",
                $"the lock {Path} does not say whether it is one: an older Lading wrote it, or the image is archived",
                $"Run '{Commands.Resolve}'."
            );
        }

        var fitting = manifests.Where(pair => pair.Key.RunsOn(demand.SinglePlatform)).Select(pair => pair.Value);
        return manifests.Count == 0 ? image.Digest : fitting.First();
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
        LockCommands commands,
        string who = "the task definition runs"
    )
    {
        if (platform is not null && platforms.Count > 0 && !platforms.Any(one => one.RunsOn(platform)))
        {
            throw new LadingException(
                $"Could not pin image {name}",
                $"{who} on {platform}, and the image is for {string.Join(", ", platforms)}",
                $"Set the task definition's RuntimePlatform, or add {platform} to the image's platforms in lading.json and run '{commands.For(name)}'."
            );
        }
    }

    /// <summary>How an image of the lock differs from HEAD, as a sentence; null if it does not.</summary>
    /// <param name="name">An image that the lock holds.</param>
    /// <param name="head">The images at HEAD.</param>
    public string? FindStaleness(string name, HeadIdentities head)
    {
        var (image, atHead) = (Lock.Images[name], head.Images.GetValueOrDefault(name));
        var freshness = LockComparison.Of(image, atHead?.Fingerprint.Hex, atHead?.IsHeld == true);
        return StaleImage.Describe(name, image, freshness, Commands);
    }
}
