using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>Locks that were found, with their pins.</summary>
/// <param name="Uses">What they pin.</param>
/// <param name="Holds">Holds for those that cannot be read.</param>
/// <param name="Locations">The named location that led to each lock; empty for the default.</param>
internal sealed record FoundLocks(
    IReadOnlyList<ImageUse> Uses,
    IReadOnlyList<RepositoryHold> Holds,
    IReadOnlyList<string> Locations
);
