using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>The plan for one image.</summary>
/// <param name="Image">The image and its inputs.</param>
/// <param name="Action">The action.</param>
/// <param name="Digest">Its digest; null if that is known only after the build.</param>
/// <param name="Tags">The known tags of the digest in the target; null if the registry did not return them.</param>
internal sealed record PlannedImage(
    ImageIdentity Image,
    ShippingAction Action,
    Digest? Digest = null,
    IReadOnlyList<Tag>? Tags = null
)
{
    public string Name => Image.Name;

    /// <summary>The media type of <see cref="Digest"/> in the target; null if it does not exist yet, or the registry did not return it.</summary>
    public string? MediaType { get; init; }

    /// <summary>Whether it is archived, and must be restored.</summary>
    public bool IsArchived { get; init; }

    public RepositoryName Repository => Image.Definition.Repository;

    /// <summary>The target's image under an older identity; null if there is none.</summary>
    public FoundImage? Earlier { get; init; }

    /// <summary>Set if that image is adopted.</summary>
    public AdoptedImage? Adopted { get; init; }

    /// <summary>A note for the user; null for none.</summary>
    public string? Note { get; init; }

    /// <summary>The platforms to combine, and which of them exist already; empty if there is nothing to combine.</summary>
    public IReadOnlyList<PlatformPart> Parts { get; init; } = [];

    /// <summary>The single platform to publish of an image with several; null if the image is published whole.</summary>
    public Platform? Only { get; init; }

    /// <summary>The platforms that an engine has to build: those of a Dockerfile that no machine has published yet.</summary>
    public IEnumerable<Platform> BuiltPlatforms =>
        Action == ShippingAction.Build && Image.Inputs is BuiltInputs inputs
            ? ((IEnumerable<Platform>)(Only is { } only ? [only] : inputs.Platforms)).Where(platform =>
                !Parts.Any(part => part.Platform == platform && part.Digest is not null)
            )
            : [];

    /// <summary>Whether any part of it is built on this machine, by an engine or from files.</summary>
    public bool IsMadeHere =>
        Action == ShippingAction.Build && (Image.Inputs is AssembledInputs || BuiltPlatforms.Any());

    /// <summary>Its immutable tag.</summary>
    public Tag SourceTag =>
        Only is { } platform ? PlatformPart.TagOf(Image.Fingerprint, platform) : Image.Fingerprint.SourceTag;
}

/// <summary>What publishing does with an image.</summary>
internal enum ShippingAction
{
    /// <summary>The image is in the registry: nothing is built or sent.</summary>
    Reuse,

    /// <summary>
    /// The image is in the registry under an older identity, with the same inputs: it gets the new tag.
    /// </summary>
    Adopt,

    /// <summary>The image is built from its inputs, by an engine or in process, and pushed.</summary>
    Build,

    /// <summary>The image is copied by digest from another registry or repository.</summary>
    Copy,
}

/// <summary>One platform of a multi-platform image, which a machine of that platform may publish separately.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Digest">The digest of its image in the target; null if there is none.</param>
internal sealed record PlatformPart(Platform Platform, Digest? Digest = null)
{
    /// <summary>The tag of a part: the image's source tag and the platform, <c>src-…-linux-arm64</c>.</summary>
    public static Tag TagOf(Fingerprint fingerprint, Platform platform) =>
        Tag.Parse($"{fingerprint.SourceTag}-{platform.ToString().Replace('/', '-')}");
}
