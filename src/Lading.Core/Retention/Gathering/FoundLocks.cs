using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>Locks that were found, with what they pin.</summary>
/// <param name="Uses">What they pin.</param>
/// <param name="Holds">Those that cannot be read.</param>
/// <param name="Locations">Of each lock, where it was looked for as that was named; empty for the usual place.</param>
internal sealed record FoundLocks(
    IReadOnlyList<ImageUse> Uses,
    IReadOnlyList<RepositoryHold> Holds,
    IReadOnlyList<string> Locations
);
