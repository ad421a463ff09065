using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>
/// What a run of <c>prune --apply</c> does, in two steps that are two runs: what may go is marked, and goes once its mark is old
/// enough.
/// </summary>
/// <param name="Repositories">In the order of the plan.</param>
internal sealed record MarkingPlan(IReadOnlyList<RepositoryMarking> Repositories)
{
    /// <summary>Decides it; nothing is read.</summary>
    /// <param name="plan">What may go, and what is kept.</param>
    /// <param name="today">The day of UTC.</param>
    /// <param name="grace">For how many days a mark waits.</param>
    public static MarkingPlan Of(RetentionPlan plan, DateOnly today, int grace) =>
        new([.. plan.Repositories.Select(repository => RepositoryMarking.Of(repository, today, grace))]);

    /// <summary>What an image names by digest, and is removed before: its children, and its subject.</summary>
    public static IEnumerable<Digest> NamedBy(StoredImage image) =>
        (image.Children ?? [])
            .Select(child => child.Digest)
            .Concat(image.Subject is { } subject ? [subject] : Enumerable.Empty<Digest>());
}
