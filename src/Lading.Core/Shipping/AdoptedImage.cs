using Lading.Oci;
using Lading.Provenance;

namespace Lading.Shipping;

/// <summary>An image that was published under an older version of the rules, and is what the newest ones would build.</summary>
/// <param name="Digest">Of its manifest or index.</param>
/// <param name="Revision">The commit that first published it; null if that is not known.</param>
/// <param name="Inputs">What it is made from, by the newest rules.</param>
internal sealed record AdoptedImage(Digest Digest, string? Revision, ImageProvenance Inputs)
{
    /// <summary>The image where it is already, to be published under its new identity.</summary>
    public ProducedImage In(IReadableRepository repository) => new(repository, Digest, Revision) { Inputs = Inputs };
}
