using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>The pins of the locks that were found.</summary>
/// <param name="Uses">The images they pin.</param>
/// <param name="Holds">Holds for locks that cannot be read.</param>
/// <param name="Locations">The named location that led to each lock; empty for the default.</param>
internal sealed record FoundLocks(
    IReadOnlyList<ImageUse> Uses,
    IReadOnlyList<RepositoryHold> Holds,
    IReadOnlyList<string> Locations
);
