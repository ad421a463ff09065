using Lading.Retention.Deciding;
using Lading.Retention.Evidence;

namespace Lading.Retention;

/// <summary>What is to be kept and what may go, for every image of every repository.</summary>
/// <param name="Repositories">In the order of the evidence.</param>
internal sealed record RetentionPlan(IReadOnlyList<RepositoryPlan> Repositories)
{
    /// <summary>What could concern everything: if there is any, everything is kept and the run ends.</summary>
    public IReadOnlyList<RepositoryHold> Stops { get; init; } = [];
}

/// <summary>What is to become of a repository.</summary>
/// <param name="Repository">The repository, each image once.</param>
/// <param name="Images">A decision for each image, in the order of <paramref name="Repository"/>.</param>
/// <param name="Holds">Why nothing in it may go; empty if nothing holds it.</param>
/// <param name="FreedBytes">What deleting would free: each blob once, and only if no kept image has it; null if unknown.</param>
internal sealed record RepositoryPlan(
    StoredRepository Repository,
    IReadOnlyList<ImageDecision> Images,
    IReadOnlyList<RepositoryHold> Holds,
    long? FreedBytes
)
{
    /// <summary>How many images are kept.</summary>
    public int Kept => Images is DecidedImages decided ? decided.Kept : Images.Count(image => image.IsKept);

    /// <summary>What deleting would free at most, counting what images share for each of them; null if unknown.</summary>
    public long? FreedAtMost { get; init; }

    /// <summary>What would hold it, but for an exception in <c>lading.json</c>.</summary>
    public IReadOnlyList<ExceptedHold> Excepted { get; init; } = [];
}

/// <summary>What is to become of an image.</summary>
/// <param name="Image">The image.</param>
/// <param name="Reasons">Why it is kept, the most pressing first; empty if it may be deleted.</param>
internal sealed record ImageDecision(StoredImage Image, IReadOnlyList<KeepReason> Reasons)
{
    public bool IsKept => Reasons.Count > 0;

    /// <summary>Whether it is kept for what is known, and not only because something is unknown, or left as it is.</summary>
    public bool CameIntoUse => Reasons.Any(reason => reason.Rule < KeepRule.Hold);
}
