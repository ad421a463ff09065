using Lading.Oci;
using Lading.Provenance;

namespace Lading.Shipping;

/// <summary>An image ready to be copied to its registry.</summary>
/// <param name="Repository">Its current location: a layout on disk, or another repository.</param>
/// <param name="Digest">Of its manifest or index there.</param>
/// <param name="Revision">The commit that first published it there; null if it is new, or unknown.</param>
internal sealed record ProducedImage(IReadableRepository Repository, Digest Digest, string? Revision = null)
{
    /// <summary>Its inputs, to be published with it; null if they are published already, and copied along.</summary>
    public ImageProvenance? Inputs { get; init; }
}
