using Lading.Oci;
using Lading.Retention.Evidence;
using Lading.Retention.Local;

namespace Lading.Retention;

/// <summary>What may be deleted from the registry of an environment, and the evidence.</summary>
/// <param name="Environment">Its name.</param>
/// <param name="Host">Its registry's host.</param>
/// <param name="Policy">The team's policy.</param>
/// <param name="Evidence">The evidence that was read.</param>
/// <param name="Plan">The decision on each image, including those of registries that copy from this one.</param>
internal sealed record RetentionReport(
    string Environment,
    string Host,
    RetentionPolicy Policy,
    RetentionEvidence Evidence,
    RetentionPlan Plan
)
{
    /// <summary>The name of the registry for the user: its host, or the environment if it is embedded and has none.</summary>
    public string RegistryName => Host == StoreFacts.Host ? Environment : Host;

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

    /// <summary>The gaps that exceptions in <c>lading.json</c> accept, each with the repositories that it would hold.</summary>
    public IReadOnlyList<AcceptedGap> Accepted =>
        [
            .. Repositories
                .SelectMany(each => each.Excepted, (each, excepted) => (each.Repository.Name, Excepted: excepted))
                .GroupBy(
                    each => (each.Excepted.Hold.Reason, each.Excepted.Hold.Subject, each.Excepted.Exception),
                    each => each.Name
                )
                .Select(group => new AcceptedGap(
                    group.Key.Subject,
                    group.Key.Reason,
                    group.Key.Exception,
                    [.. group.Distinct()]
                )),
        ];

    /// <summary>Whether everything that could concern these repositories is known.</summary>
    public bool IsComplete => Holds.Count == 0;

    /// <summary>The number of images that may be deleted.</summary>
    public int Deletions => Repositories.Sum(each => each.Images.Count - each.Kept);

    /// <summary>Returns the decision on an image, and the plan for its repository.</summary>
    /// <exception cref="LadingException">There is no such image, or its repository is not cleaned up.</exception>
    public (RepositoryPlan Repository, ImageDecision Image) GetImage(RepositoryName repository, Digest digest)
    {
        var attempted = $"Could not look up why {repository}@{digest} is kept";
        var plan =
            Repositories.FirstOrDefault(each => each.Repository.Name == repository)
            ?? throw new LadingException(
                attempted,
                $"{RegistryName} has no repository {repository} of this project",
                $"Name one of 'lading prune --env {ShellArgument.Of(Environment)}', or include it: --all repository"
            );
        var image =
            plan.Images.FirstOrDefault(each => each.Image.Digest == digest)
            ?? throw new LadingException(
                attempted,
                "the repository has no such image",
                $"'lading prune --env {ShellArgument.Of(Environment)} --verbose' lists all images."
            );
        return (plan, image);
    }
}
