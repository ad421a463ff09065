using Lading.Oci;
using Lading.Provenance;

namespace Lading.Shipping;

/// <summary>An image ready to be copied to its registry.</summary>
/// <param name="Repository">Where it is now: a layout on disk, or a repository elsewhere.</param>
/// <param name="Digest">Of its manifest or index there.</param>
/// <param name="Revision">The commit that first published it there; null if it is new, or not known.</param>
internal sealed record ProducedImage(IReadableRepository Repository, Digest Digest, string? Revision = null)
{
    /// <summary>What it was made from, to be published with it; null if that is there already, and comes along.</summary>
    public ImageProvenance? Inputs { get; init; }
}
