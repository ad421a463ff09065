using Lading.Engines;
using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>What is to be published, and how.</summary>
/// <param name="Sources">Which images, at which revision.</param>
internal sealed record PublishRequest(SnapshotRequest Sources)
{
    /// <summary>Whether <c>--dirty</c> would help where inputs are uncommitted.</summary>
    public bool MayBeDirty { get; init; } = true;

    /// <summary>Whether a missing repository is an error.</summary>
    public bool NoCreate { get; init; }

    /// <summary>Whether images go alone, without what refers to them.</summary>
    public bool NoReferrers { get; init; }

    /// <summary>Where an engine may be named, and the name given there; the first one wins.</summary>
    public IReadOnlyList<(string Origin, string? Name)> Engines { get; init; } = [];

    /// <summary>The one platform to publish; null for all.</summary>
    public Platform? Platform { get; init; }

    /// <summary>Where engines keep what builds leave; null for nowhere.</summary>
    public BuildCache? Cache { get; init; }

    /// <summary>Where the lock is, absolute, where the user named a place; null for its own.</summary>
    public string? Lock { get; init; }

    /// <summary>Whether the times of commits are wanted also where nothing was published again.</summary>
    public bool TellsTimes { get; init; }
}
