using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>What publishing will do about one image.</summary>
/// <param name="Image">The image and its inputs.</param>
/// <param name="Action">What is done.</param>
/// <param name="Digest">The digest it has or will have; null where only the build tells.</param>
/// <param name="Tags">The tags known to stand on the digest in the target; null where the registry did not say.</param>
internal sealed record PlannedImage(
    ImageIdentity Image,
    ShippingAction Action,
    Digest? Digest = null,
    IReadOnlyList<Tag>? Tags = null
)
{
    public string Name => Image.Name;

    /// <summary>What <see cref="Digest"/> is of in the target; null where it is not there yet, or the registry did not say.</summary>
    public string? MediaType { get; init; }

    public RepositoryName Repository => Image.Definition.Repository;

    /// <summary>What stands in the target under the identity of an older version of the rules; null for nothing.</summary>
    public FoundImage? Earlier { get; init; }

    /// <summary>Set where the image that stands there is adopted.</summary>
    public AdoptedImage? Adopted { get; init; }

    /// <summary>Something that whoever publishes should know; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The platforms that are joined, and which of them are there already; empty where nothing is joined.</summary>
    public IReadOnlyList<PlatformPart> Parts { get; init; } = [];

    /// <summary>The one platform that is published, of an image for several; null where the image is published whole.</summary>
    public Platform? Only { get; init; }

    /// <summary>What it is published under, once.</summary>
    public Tag SourceTag =>
        Only is { } platform ? PlatformPart.TagOf(Image.Fingerprint, platform) : Image.Fingerprint.SourceTag;
}
