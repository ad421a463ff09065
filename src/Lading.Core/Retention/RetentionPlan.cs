using Lading.Retention.Deciding;
using Lading.Retention.Evidence;

namespace Lading.Retention;

/// <summary>What to keep and what may be deleted, for every image of every repository.</summary>
/// <param name="Repositories">In the order of the evidence.</param>
internal sealed record RetentionPlan(IReadOnlyList<RepositoryPlan> Repositories)
{
    /// <summary>Holds on all repositories. If there is one, everything is kept and the run ends.</summary>
    public IReadOnlyList<RepositoryHold> Stops { get; init; } = [];
}

/// <summary>The plan for a repository.</summary>
/// <param name="Repository">The repository, without duplicates.</param>
/// <param name="Images">A decision for each image, in the order of <paramref name="Repository"/>.</param>
/// <param name="Holds">Why nothing in it may be deleted; empty if it is not held.</param>
/// <param name="FreedBytes">The space deletion would free: each blob once, and only if no kept image has it; null if unknown.</param>
internal sealed record RepositoryPlan(
    StoredRepository Repository,
    IReadOnlyList<ImageDecision> Images,
    IReadOnlyList<RepositoryHold> Holds,
    long? FreedBytes
)
{
    /// <summary>The number of kept images.</summary>
    public int Kept => Images is DecidedImages decided ? decided.Kept : Images.Count(image => image.IsKept);

    /// <summary>
    /// An upper bound of the space that deletion would free, with shared blobs counted for each image; null if unknown.
    /// </summary>
    public long? FreedAtMost { get; init; }

    /// <summary>The holds lifted by an exception in <c>lading.json</c>.</summary>
    public IReadOnlyList<ExceptedHold> Excepted { get; init; } = [];
}

/// <summary>The decision on an image.</summary>
/// <param name="Image">The image.</param>
/// <param name="Reasons">Why it is kept, the strongest reason first; empty if it may be deleted.</param>
internal sealed record ImageDecision(StoredImage Image, IReadOnlyList<KeepReason> Reasons)
{
    public bool IsKept => Reasons.Count > 0;

    /// <summary>Whether it is kept for a known reason, not only because of a hold, or as archived or not Lading's.</summary>
    public bool CameIntoUse => Reasons.Any(reason => reason.Rule < KeepRule.Hold);
}
