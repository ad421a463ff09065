using Lading.Engines;
using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>A request to publish images.</summary>
/// <param name="Sources">The images and the revision.</param>
internal sealed record PublishRequest(SnapshotRequest Sources)
{
    /// <summary>Whether the verb has <c>--dirty</c>, which a refusal of uncommitted inputs then suggests.</summary>
    public bool MayBeDirty { get; init; } = true;

    /// <summary>Whether a missing repository is an error.</summary>
    public bool NoCreate { get; init; }

    /// <summary>Whether images are published without their referrers.</summary>
    public bool NoReferrers { get; init; }

    /// <summary>
    /// The possible sources of the engine's name, with the name in each; the first that has one wins.
    /// </summary>
    public IReadOnlyList<(string Origin, string? Name)> Engines { get; init; } = [];

    /// <summary>The single platform to publish; null for all.</summary>
    public Platform? Platform { get; init; }

    /// <summary>The engine's build cache; null for none.</summary>
    public BuildCache? Cache { get; init; }

    /// <summary>The user's path for the lock, absolute; null for the default.</summary>
    public string? Lock { get; init; }

    /// <summary>Whether the dates of commits are needed even if nothing was published.</summary>
    public bool TellsTimes { get; init; }
}
