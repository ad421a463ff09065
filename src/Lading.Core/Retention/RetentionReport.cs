using Lading.Retention.Evidence;

namespace Lading.Retention;

/// <summary>What may be deleted from the registry of an environment, and the evidence.</summary>
/// <param name="Environment">Its name.</param>
/// <param name="Host">Its registry's host.</param>
/// <param name="Policy">The team's policy.</param>
/// <param name="Evidence">What was read.</param>
/// <param name="Plan">The decision on each image, including those of registries that copy from this one.</param>
internal sealed record RetentionReport(
    string Environment,
    string Host,
    RetentionPolicy Policy,
    RetentionEvidence Evidence,
    RetentionPlan Plan
)
{
    /// <summary>The repositories of the environment's own registry, by name.</summary>
    public IReadOnlyList<RepositoryPlan> Repositories { get; } =
    [.. Plan.Repositories.Where(each => each.Repository.Host == Host).OrderBy(each => each.Repository.Name)];

    /// <summary>All holds, without duplicates.</summary>
    public IReadOnlyList<RepositoryHold> Holds =>
        [
            .. Repositories
                .SelectMany(each => each.Holds)
                .Concat(Plan.Stops)
                .DistinctBy(hold => (hold.Host, hold.Repository, hold.Reason)),
        ];

    /// <summary>Whether everything that could concern these repositories is known.</summary>
    public bool IsComplete => Holds.Count == 0;

    /// <summary>The number of images that may be deleted.</summary>
    public int Deletions => Repositories.Sum(each => each.Images.Count - each.Kept);
}
