using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>
/// The digests that the references of unpinned bases resolve to now, the same for every image of a run.
/// </summary>
/// <param name="found">The digests, by reference.</param>
internal sealed class CurrentBases(IReadOnlyDictionary<string, CurrentDigest> found)
{
    /// <summary>
    /// Returns the bases of an image with the digests of unpinned ones, as far as their registries returned them; the
    /// engine resolves the others.
    /// </summary>
    /// <param name="image">The image that is built on them.</param>
    /// <param name="bases">All of its bases.</param>
    /// <param name="progress">Receives a note on each unpinned base.</param>
    public IReadOnlyList<BaseReference> Settle(
        string image,
        IReadOnlyList<BaseReference> bases,
        IProgress<ShippingEvent> progress
    ) => [.. bases.Select(input => input.IsUnpinned ? Settle(image, input, progress) : input)];

    private BaseReference Settle(string image, BaseReference input, IProgress<ShippingEvent> progress)
    {
        // Unknown if the registry had the whole image when it was planned, and no longer has it.
        var current = found.GetValueOrDefault(input.Reference) ?? new CurrentDigest(null, "was not asked");
        progress.Report(
            new ShippingEvent(image, ShippingStage.Preparing)
            {
                Note = current.Digest is { } digest
                    ? $"base {input.Reference} is unpinned: built on {digest}, which it names now. 'lading bases update' pins it"
                    : $"base {input.Reference} is unpinned: built on what the engine finds under that name, since its registry {current.Why}",
            }
        );
        return input with { Digest = current.Digest };
    }
}

/// <summary>The digest that a reference resolves to now.</summary>
/// <param name="Digest">The digest; null if its registry did not return it.</param>
/// <param name="Why">Why the digest is unknown, as the end of a sentence about the registry; empty if it is
/// known.</param>
internal sealed record CurrentDigest(Digest? Digest, string Why = "");
