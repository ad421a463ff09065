using Lading.Apps;
using Lading.Configuration;
using Lading.Git;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Cdk.Synthesis;

/// <summary>The tags of images at HEAD; no lock is read.</summary>
/// <param name="Head">The identities.</param>
/// <param name="Definitions">The images of <c>lading.json</c>.</param>
/// <param name="Commands">The commands that add the tags.</param>
/// <param name="CommitTag">The alias of HEAD, the same for every image; null if each has its source tag.</param>
internal sealed record TaggedImages(
    HeadIdentities Head,
    IReadOnlyDictionary<string, ImageDefinition> Definitions,
    LockCommands Commands,
    Tag? CommitTag
) : IImagePins
{
    /// <summary>The tags of a project's images.</summary>
    /// <param name="head">The identities at HEAD.</param>
    /// <param name="configuration">The configuration in the working tree: images and aliases.</param>
    /// <param name="commands">The commands that add the tags.</param>
    /// <param name="pin">The kind of tag.</param>
    /// <exception cref="LadingException">HEAD could not be read, or no alias contains <c>{commit}</c>.</exception>
    public static TaggedImages Of(
        HeadIdentities head,
        LadingConfiguration configuration,
        LockCommands commands,
        ImagePin pin
    )
    {
        if (head.Failure is { } failure)
        {
            throw new LadingException("Could not compute the tags of images from git", failure);
        }

        return new TaggedImages(
            head,
            configuration.Images,
            commands,
            pin == ImagePin.CommitTag ? TagOf(head.Commit!, configuration) : null
        );
    }

    public PinnedImage Get(string name, ImageDemand demand)
    {
        LockedImages.CheckName(name, Definitions);
        if (!Head.Images.TryGetValue(name, out var image))
        {
            throw LadingException.Usage(
                $"Could not pin image {name}",
                "lading.json of HEAD has no image of that name",
                $"Commit it, then run '{Commands.For(name)}'."
            );
        }

        if (demand.IsOfOneManifest && image.Platforms.Count != 1)
        {
            throw LadingException.Usage(
                $"Could not pin image {name} for {demand.Service.Service}, which takes no image index",
                "the tag names the index of all its platforms",
                "Pin it by digest (ImagePin.Digest), which names the manifest of one platform."
            );
        }

        LockedImages.CheckPlatform(
            name,
            image.Platforms,
            demand.IsOfOneManifest ? demand.SinglePlatform : demand.Platform,
            Commands
        );
        return new PinnedImage(Definitions[name].Repository.Value, CommitTag ?? image.Fingerprint.SourceTag);
    }

    /// <summary>An alias with a branch would not exist without a branch, as in most CI jobs.</summary>
    private static Tag TagOf(string commit, LadingConfiguration configuration)
    {
        var alias =
            configuration.Aliases.FirstOrDefault(each =>
                each.Contains("{commit}", StringComparison.Ordinal)
                && !each.Contains("{branch}", StringComparison.Ordinal)
            )
            ?? throw LadingException.Usage(
                "Could not tell the tag of a commit",
                "no alias in lading.json holds {commit} and no {branch}",
                "Add one (\"aliases\": [\"{commit}\"]) and publish, or pin by ImagePin.SourceTag, which needs none."
            );
        return AliasTags.For([alias], branch: null, ObjectId.Parse(commit))[0];
    }
}
