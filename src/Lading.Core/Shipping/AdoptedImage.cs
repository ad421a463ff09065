using Lading.Oci;
using Lading.Provenance;

namespace Lading.Shipping;

/// <summary>An image that was published under older rules, from the inputs that the newest rules find.</summary>
/// <param name="Digest">The digest of its manifest or index.</param>
/// <param name="Revision">The commit that first published it; null if it is unknown.</param>
/// <param name="Inputs">Its inputs by the newest rules.</param>
internal sealed record AdoptedImage(Digest Digest, string? Revision, ImageProvenance Inputs)
{
    /// <summary>The existing image, to be published under its new identity.</summary>
    public ProducedImage In(IReadableRepository repository) => new(repository, Digest, Revision) { Inputs = Inputs };
}
