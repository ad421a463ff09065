using Lading.Git;
using Lading.Layout;
using Lading.Oci;
using Lading.Projects;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;

namespace Lading.Retention.Local;

/// <summary>
/// The uses of images in the embedded registry: by commits, locks, images published from uncommitted trees, and
/// processes that have the store open.
/// </summary>
internal sealed class LocalEvidence : IRetentionEvidence
{
    /// <summary>How far back the reflog counts, and how long images without a reachable commit are kept.</summary>
    private static readonly TimeSpan UnreachableAge = TimeSpan.FromDays(30);

    private readonly Project project;
    private readonly LayoutStore store;
    private readonly GitRepository repository;
    private readonly TimeProvider time;
    private readonly RevisionUses revisions;
    private readonly ProjectLocks projectLocks;

    private LocalEvidence(
        Project project,
        LayoutStore store,
        GitRepository repository,
        TimeProvider time,
        string? stateFolder,
        string? locks
    )
    {
        this.project = project;
        this.store = store;
        this.repository = repository;
        this.time = time;
        revisions = new RevisionUses(repository, project.Folder.Path, stateFolder, StoreFacts.Host);
        projectLocks = new ProjectLocks(project, locks, StoreFacts.Host);
    }

    /// <summary>
    /// The policy for an embedded registry: every use by a commit of this clone is known, so an age alone keeps
    /// nothing.
    /// </summary>
    public static RetentionPolicy Policy(RetentionPolicy configured) =>
        configured with
        {
            Recent = TimeSpan.Zero,
            Pulled = TimeSpan.Zero,
        };

    /// <summary>Opens the repository around a project.</summary>
    /// <param name="project">The project, in an environment with an embedded registry.</param>
    /// <param name="stateFolder">The user's state folder; null if identities are not remembered.</param>
    /// <param name="locks">The location of the caller's locks (<c>LADING_LOCK</c>), from the project's folder; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels it and ends git.</param>
    /// <exception cref="LadingException">There is no repository.</exception>
    public static async Task<LocalEvidence> OpenAsync(
        Project project,
        string? stateFolder,
        string? locks,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var repository = await GitRepository.FindAsync(project.Folder.Path, cancellationToken).ConfigureAwait(false);
        var store = new LayoutStore(project.EmbeddedStoreOf(project.Environment));
        return new LocalEvidence(project, store, repository, time, stateFolder, locks);
    }

    public async Task<RetentionEvidence> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Images are read before their uses: an image published in the meantime is not in the list, and so not removed.
        var projectRepositories = project.Configuration.Images.Values.Select(image => image.Repository).ToHashSet();
        var stored = await new StoreFacts(store, projectRepositories.Contains)
            .ReadAsync(cancellationToken)
            .ConfigureAwait(false);
        var commits = await WantedCommits
            .ReadAsync(repository.Git, now - UnreachableAge, cancellationToken)
            .ConfigureAwait(false);
        var needed = await revisions
            .ReadAsync(
                repository.Git,
                [.. commits.Commits, .. WantedCommit.HeldBy(project.Configuration)],
                now,
                cancellationToken
            )
            .ConfigureAwait(false);
        var (locks, number) = await projectLocks
            .ReadAsync(repository, commits.WorkTrees, commits.Commits, now, cancellationToken)
            .ConfigureAwait(false);
        var unreachable = await new UnreachableImages(repository.Git, now - UnreachableAge)
            .ReadAsync(stored, now, cancellationToken)
            .ConfigureAwait(false);
        var users = new StoreUsers(store).Find();
        return new RetentionEvidence
        {
            ReadAt = now,
            Repositories = stored,
            Uses = [.. needed.Uses, .. locks.Uses, .. unreachable],
            Holds =
            [
                .. needed.Holds,
                .. locks.Holds,
                .. users.Select(user => new RepositoryHold(
                    StoreFacts.Host,
                    null,
                    $"{user} has the store open",
                    "Wait until it has ended, or end it.",
                    null
                )),
            ],
            Counts =
            [
                new EvidenceCount(commits.Commits.Select(commit => commit.Name).Distinct().Count(), "commit"),
                new EvidenceCount(commits.WorkTrees.Count, "worktree"),
                new EvidenceCount(number, "lock"),
            ],
        };
    }
}
