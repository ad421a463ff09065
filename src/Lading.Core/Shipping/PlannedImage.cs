using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>What publishing will do about one image.</summary>
/// <param name="Image">The image and its inputs.</param>
/// <param name="Action">What is done.</param>
/// <param name="Digest">The digest it has or will have; null if only the build tells.</param>
/// <param name="Tags">The tags known to point to the digest in the target; null if the registry did not say.</param>
internal sealed record PlannedImage(
    ImageIdentity Image,
    ShippingAction Action,
    Digest? Digest = null,
    IReadOnlyList<Tag>? Tags = null
)
{
    public string Name => Image.Name;

    /// <summary>What <see cref="Digest"/> is of in the target; null if it is not there yet, or the registry did not say.</summary>
    public string? MediaType { get; init; }

    /// <summary>Whether it is there in the archive, from where it has to be restored.</summary>
    public bool IsArchived { get; init; }

    public RepositoryName Repository => Image.Definition.Repository;

    /// <summary>The image in the target under the identity of an older version of the rules; null if there is none.</summary>
    public FoundImage? Earlier { get; init; }

    /// <summary>Set if that image is adopted.</summary>
    public AdoptedImage? Adopted { get; init; }

    /// <summary>Something that whoever publishes should know; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The platforms that are joined, and which of them are there already; empty if nothing is joined.</summary>
    public IReadOnlyList<PlatformPart> Parts { get; init; } = [];

    /// <summary>The one platform that is published, of an image for several; null if the image is published whole.</summary>
    public Platform? Only { get; init; }

    /// <summary>The platforms that an engine has to build: those of a Dockerfile that no machine has published yet.</summary>
    public IEnumerable<Platform> BuiltPlatforms =>
        Action == ShippingAction.Build && Image.Inputs is BuiltInputs inputs
            ? ((IEnumerable<Platform>)(Only is { } only ? [only] : inputs.Platforms)).Where(platform =>
                !Parts.Any(part => part.Platform == platform && part.Digest is not null)
            )
            : [];

    /// <summary>Whether something of it is made on this machine, by an engine or from files.</summary>
    public bool IsMadeHere =>
        Action == ShippingAction.Build && (Image.Inputs is AssembledInputs || BuiltPlatforms.Any());

    /// <summary>What it is published under, once.</summary>
    public Tag SourceTag =>
        Only is { } platform ? PlatformPart.TagOf(Image.Fingerprint, platform) : Image.Fingerprint.SourceTag;
}

/// <summary>What publishing does about an image.</summary>
internal enum ShippingAction
{
    /// <summary>It is in the registry: nothing is built or sent.</summary>
    Reuse,

    /// <summary>It is in the registry under the identity of an older version of the rules, made from the same inputs: it gets the new tag.</summary>
    Adopt,

    /// <summary>It is built from its inputs, by an engine or in process, and pushed.</summary>
    Build,

    /// <summary>It is copied by digest from where it is already.</summary>
    Copy,
}

/// <summary>The image of one platform of several, which a machine of that platform may publish apart.</summary>
/// <param name="Platform">What it runs on.</param>
/// <param name="Digest">The image under its tag in the target; null if there is none.</param>
internal sealed record PlatformPart(Platform Platform, Digest? Digest = null)
{
    /// <summary>The tag that a part is published under: the image's source tag and the platform, <c>src-…-linux-arm64</c>.</summary>
    public static Tag TagOf(Fingerprint fingerprint, Platform platform) =>
        Tag.Parse($"{fingerprint.SourceTag}-{platform.ToString().Replace('/', '-')}");
}
