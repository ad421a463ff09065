using Lading.Engines;
using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>What to publish, and how.</summary>
/// <param name="Sources">Which images, at which revision.</param>
internal sealed record PublishRequest(SnapshotRequest Sources)
{
    /// <summary>Whether <c>--dirty</c> would help with uncommitted inputs.</summary>
    public bool MayBeDirty { get; init; } = true;

    /// <summary>Whether a missing repository is an error.</summary>
    public bool NoCreate { get; init; }

    /// <summary>Whether images are published without their referrers.</summary>
    public bool NoReferrers { get; init; }

    /// <summary>The sources of the engine's name, and the name in each; the first one wins.</summary>
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
