using Lading.Fingerprints;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>The result of a publication.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Images">The images, in the order of the plan.</param>
internal sealed record PublishOutcome(ShippingPlan Plan, IReadOnlyList<PublishedImage> Images)
{
    /// <summary>The single platform that was published; null for all.</summary>
    public Platform? Platform { get; init; }

    /// <summary>The lock that was written; null if a single platform was published, which cannot be pinned.</summary>
    public string? LockPath { get; init; }

    /// <summary>The previous lock; null if there was none, or none that could be read.</summary>
    public ImageLock? Before { get; init; }

    /// <summary>The images that only a publish of all platforms includes.</summary>
    public IReadOnlyList<ImageIdentity> Left { get; init; } = [];

    /// <summary>
    /// The dates of the commits that first published images, if requested, and as far as this clone has the commits.
    /// </summary>
    public IReadOnlyDictionary<string, DateTimeOffset> CommitTimes { get; init; } =
        new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
}
