using Lading.Retention.Evidence;

namespace Lading.Retention;

/// <summary>What may go from the registry of an environment, and what that rests on.</summary>
/// <param name="Environment">Its name.</param>
/// <param name="Host">Its registry's host.</param>
/// <param name="Policy">What the team wants kept.</param>
/// <param name="Evidence">What was read.</param>
/// <param name="Plan">What is to become of each image, also of registries that copy from this one.</param>
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

    /// <summary>Everything that holds something, each once.</summary>
    public IReadOnlyList<RepositoryHold> Holds =>
        [
            .. Repositories
                .SelectMany(each => each.Holds)
                .Concat(Plan.Stops)
                .DistinctBy(hold => (hold.Host, hold.Repository, hold.Reason)),
        ];

    /// <summary>Whether everything was told that could concern these repositories.</summary>
    public bool IsComplete => Holds.Count == 0;

    /// <summary>How many images may be deleted.</summary>
    public int Deletions => Repositories.Sum(each => each.Images.Count - each.Kept);
}
