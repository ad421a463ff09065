using Lading.Oci;
using Lading.Provenance;

namespace Lading.Shipping;

/// <summary>An image ready to be copied to its registry.</summary>
/// <param name="Repository">The repository that has it: a layout on disk, or another one.</param>
/// <param name="Digest">The digest of its manifest or index.</param>
/// <param name="Revision">The commit that first published it; null if it is new, or the commit is unknown.</param>
internal sealed record ProducedImage(IReadableRepository Repository, Digest Digest, string? Revision = null)
{
    /// <summary>Its inputs, for the statement to publish with it; null if its statement is copied with it.</summary>
    public ImageProvenance? Inputs { get; init; }
}
