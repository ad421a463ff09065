using Amazon.CDK;
using Lading.Apps;
using Lading.Configuration;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>The images that a lock pins, checked against <c>lading.json</c> and what the stack requires.</summary>
internal sealed class LockedImages : IImagePins
{
    private readonly StackLock source;
    private readonly ImageLock content;
    private readonly IReadOnlyDictionary<string, ImageDefinition> definitions;

    /// <param name="stack">The stack, for an error.</param>
    /// <param name="source">Its lock.</param>
    /// <param name="definitions">The images of <c>lading.json</c>.</param>
    /// <exception cref="LadingException">There is no lock.</exception>
    public LockedImages(Stack stack, StackLock source, IReadOnlyDictionary<string, ImageDefinition> definitions)
    {
        this.source = source;
        this.definitions = definitions;
        content =
            source.Content
            ?? throw new LadingException($"Could not pin the images of stack {stack.Node.Path}", source.Reason!);
    }

    public PinnedImage Get(string name, ImageDemand demand)
    {
        CheckName(name, definitions);
        if (!content.Images.TryGetValue(name, out var image))
        {
            throw new LadingException(
                $"Could not pin image {name}",
                $"the lock {source.Path} does not hold it",
                $"Run '{source.Commands.For(name)}'."
            );
        }

        if (!demand.IsOfOneManifest)
        {
            CheckPlatform(name, image.Platforms, demand.Platform, source.Commands);
            return new PinnedImage(image.Repository, image.Digest) { IsIndex = image.Manifests is { Count: > 0 } };
        }

        CheckPlatform(
            name,
            image.Platforms,
            demand.SinglePlatform,
            source.Commands,
            $"{demand.Service.Service} is to run it"
        );
        return new PinnedImage(image.Repository, ManifestOf(name, image, demand));
    }

    /// <summary>The manifest for the platform; the image itself if it is not an index.</summary>
    private Digest ManifestOf(string name, LockedImage image, ImageDemand demand)
    {
        if (image.Manifests is not { } manifests)
        {
            throw new LadingException(
                $"Could not pin image {name} for {demand.Service.Service}, which takes no image index",
                $"the lock {source.Path} does not say whether it is one: an older Lading wrote it, or the image is archived",
                $"Run '{source.Commands.Resolve}'."
            );
        }

        var matching = manifests.Where(pair => pair.Key.RunsOn(demand.SinglePlatform)).Select(pair => pair.Value);
        return manifests.Count == 0 ? image.Digest : matching.First();
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
}
