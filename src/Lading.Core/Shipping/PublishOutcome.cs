using Lading.Fingerprints;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>The outcome of a publication.</summary>
/// <param name="Plan">What was planned.</param>
/// <param name="Images">The images, in the order of the plan.</param>
internal sealed record PublishOutcome(ShippingPlan Plan, IReadOnlyList<PublishedImage> Images)
{
    /// <summary>The one platform that was published; null for all.</summary>
    public Platform? Platform { get; init; }

    /// <summary>The lock that was written; null if one platform alone was published, which is nothing to pin.</summary>
    public string? LockPath { get; init; }

    /// <summary>The lock as it was before; null if there was none, or none that could be read.</summary>
    public ImageLock? Before { get; init; }

    /// <summary>The images that are left to the publish of all platforms.</summary>
    public IReadOnlyList<ImageIdentity> Left { get; init; } = [];

    /// <summary>When commits were made that images were first published at, as far as they were asked for and are in this clone.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> CommitTimes { get; init; } =
        new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
}
