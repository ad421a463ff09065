using Lading.Retention.Evidence;

namespace Lading.Retention;

/// <summary>What is to be kept and what may go, for every image of every repository.</summary>
/// <param name="Repositories">In the order of the evidence.</param>
internal sealed record RetentionPlan(IReadOnlyList<RepositoryPlan> Repositories);

/// <summary>What is to become of a repository.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Images">Each image once, in the order of the evidence.</param>
/// <param name="Holds">Why nothing of it may go; empty if nothing holds it.</param>
/// <param name="FreedBytes">What deleting would free: each blob once, and only if no kept image has it; null if unknown.</param>
internal sealed record RepositoryPlan(
    StoredRepository Repository,
    IReadOnlyList<ImageDecision> Images,
    IReadOnlyList<RepositoryHold> Holds,
    long? FreedBytes
);

/// <summary>What is to become of an image.</summary>
/// <param name="Image">The image.</param>
/// <param name="Reasons">Why it is kept, the most pressing first; empty if it may be deleted.</param>
internal sealed record ImageDecision(StoredImage Image, IReadOnlyList<KeepReason> Reasons)
{
    public bool IsKept => Reasons.Count > 0;
}

/// <summary>Why an image is kept.</summary>
/// <param name="Text">As part of a sentence that begins with the image: <c>child of 91bb… for linux/arm64</c>.</param>
/// <param name="Use">The use it is for; null for a rule of the graph, an age or a hold.</param>
internal sealed record KeepReason(string Text, ImageUse? Use = null);
