using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>What unpinned bases name now, the same for every image of a run.</summary>
/// <param name="found">By reference.</param>
internal sealed class CurrentBases(IReadOnlyDictionary<string, CurrentDigest> found)
{
    /// <summary>
    /// Gives the unpinned bases of an image a digest where their registry told one; the others stay as they are, for the engine
    /// to find.
    /// </summary>
    /// <param name="image">The image that is made from them.</param>
    /// <param name="bases">All of its bases.</param>
    /// <param name="progress">Told of each that is unpinned.</param>
    public IReadOnlyList<BaseReference> Settle(
        string image,
        IReadOnlyList<BaseReference> bases,
        IProgress<ShippingEvent> progress
    ) => [.. bases.Select(input => input.IsUnpinned ? Settle(image, input, progress) : input)];

    private BaseReference Settle(string image, BaseReference input, IProgress<ShippingEvent> progress)
    {
        // Not asked for an image that the registry had whole a moment ago, and no longer does.
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

/// <summary>What one base names now.</summary>
/// <param name="Digest">Its digest; null if its registry did not tell.</param>
/// <param name="Why">Why not, as the end of a sentence about the registry; empty if it did.</param>
internal sealed record CurrentDigest(Digest? Digest, string Why = "");
