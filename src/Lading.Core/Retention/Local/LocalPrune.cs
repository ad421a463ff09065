using Lading.Layout;
using Lading.Oci;
using Lading.Projects;
using Lading.Retention.Acting;
using Lading.Retention.Evidence;

namespace Lading.Retention.Local;

/// <summary>Removes unneeded images of the embedded registry, and their blobs.</summary>
/// <param name="project">The project, in an environment with an embedded registry.</param>
/// <param name="evidence">Reads the uses of its images.</param>
/// <param name="policy">What is kept in addition to images in use.</param>
internal sealed class LocalPrune(Project project, IRetentionEvidence evidence, RetentionPolicy policy)
{
    /// <summary>
    /// A blob gets a reference soon after it is written: one that has none after this time was left by a killed
    /// process.
    /// </summary>
    private static readonly TimeSpan UnreferencedAge = TimeSpan.FromDays(1);

    private readonly LayoutStore store = new(project.EmbeddedStoreOf(project.Environment));

    /// <summary>
    /// Carries out a plan, one repository after another. The store is closed to other processes while images of a
    /// repository are removed, and right before, the evidence is read again: images that came into use since are kept.
    /// </summary>
    /// <param name="plan">The plan that was shown.</param>
    /// <param name="cancellationToken">Stops it between two steps; the rest stays usable, and the next run continues.</param>
    public async Task<IReadOnlyList<RemovedImages>> ApplyAsync(RetentionPlan plan, CancellationToken cancellationToken)
    {
        var removed = new List<RemovedImages>();
        foreach (var repository in plan.Repositories)
        {
            removed.Add(await ApplyAsync(repository, cancellationToken).ConfigureAwait(false));
        }

        return removed;
    }

    private async Task<RemovedImages> ApplyAsync(RepositoryPlan planned, CancellationToken cancellationToken)
    {
        var name = planned.Repository.Name;
        var users = new StoreUsers(store);
        using var closed = await users.CloseAsync(cancellationToken).ConfigureAwait(false);
        users.Clear();
        var read = await evidence.ReadAsync(cancellationToken).ConfigureAwait(false);
        var now = RetentionRules
            .Decide(read, policy)
            .Repositories.FirstOrDefault(repository => repository.Repository.Name == name);
        if (now is null or { Holds.Count: > 0 })
        {
            return new RemovedImages(name, [], 0, [.. Going(planned)]);
        }

        var still = Going(now).ToHashSet();
        var going = Going(planned).Where(still.Contains).ToList();
        var swept = await new LayoutSweep(store, name)
            .RunAsync(going, read.ReadAt - UnreferencedAge, cancellationToken)
            .ConfigureAwait(false);
        return new RemovedImages(name, swept.Manifests, swept.FreedBytes, [.. Going(planned).Except(swept.Manifests)]);
    }

    private static IEnumerable<Digest> Going(RepositoryPlan plan) =>
        plan.Images.Where(decision => !decision.IsKept).Select(decision => decision.Image.Digest);
}

/// <summary>The images that were removed from a repository.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Images">The removed images.</param>
/// <param name="FreedBytes">The space freed on disk.</param>
/// <param name="Spared">Images that were to be removed and stay: they came into use, or their repository is
/// held.</param>
internal sealed record RemovedImages(
    RepositoryName Repository,
    IReadOnlyList<Digest> Images,
    long FreedBytes,
    IReadOnlyList<Digest> Spared
)
{
    /// <summary>The same as the outcome of a run, as for every registry.</summary>
    public static PruneOutcome OutcomeOf(IReadOnlyList<RemovedImages> removed)
    {
        var freed = removed.Sum(each => each.FreedBytes);
        return new PruneOutcome
        {
            Removed = [.. removed.SelectMany(each => each.Of(each.Images))],
            Spared = [.. removed.SelectMany(each => each.Of(each.Spared))],
            Freed = new FreedSpace(freed, freed),
        };
    }

    private IEnumerable<PrunedImage> Of(IEnumerable<Digest> digests)
    {
        var repository = new StoredRepository { Host = StoreFacts.Host, Name = Repository };
        return digests.Select(digest => new PrunedImage(repository, digest));
    }
}
