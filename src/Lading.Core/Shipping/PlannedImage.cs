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

    public RepositoryName Repository => Image.Definition.Repository;

    public Tag SourceTag => Image.Fingerprint.SourceTag;
}
