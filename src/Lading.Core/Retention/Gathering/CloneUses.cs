using Lading.Git;
using Lading.Projects;
using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>
/// The images that a project's clone keeps: those of branch tips and tags, and those pinned in locks.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="host">The registry's host.</param>
/// <param name="stateFolder">The user's state folder; null if identities are not remembered.</param>
/// <param name="locks">The location of the caller's locks (<c>LADING_LOCK</c>), from the project's folder; null for none.</param>
internal sealed class CloneUses(Project project, string host, string? stateFolder, string? locks = null)
{
    private readonly ProjectLocks projectLocks = new(project, locks, host);

    /// <summary>Set once a repository is found. It caches the images of each tree, which never change.</summary>
    private RevisionUses? revisions;

    /// <summary>
    /// Reads the uses. If the clone is incomplete, the registry is held, since it is unknown what is missing.
    /// </summary>
    /// <param name="now">The time of the evidence.</param>
    /// <param name="cancellationToken">Cancels it and ends git.</param>
    public async Task<RetentionEvidence> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadCloneAsync(now, cancellationToken).ConfigureAwait(false);
        }
        catch (LadingException e)
        {
            var pinned = projectLocks.Read(now);
            return new RetentionEvidence
            {
                ReadAt = now,
                Uses = pinned.Uses,
                Holds =
                [
                    .. pinned.Holds,
                    HoldOf(
                        $"what branches and tags need is unknown: {e.CameBack}",
                        "Run it in a clone of the project with all branches."
                    ),
                ],
            };
        }
    }

    private async Task<RetentionEvidence> ReadCloneAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var repository = await GitRepository.FindAsync(project.Folder.Path, cancellationToken).ConfigureAwait(false);
        var git = repository.Git;
        var commits = await WantedCommits.ReadAsync(git, reflogSince: null, cancellationToken).ConfigureAwait(false);
        var remote = await RemoteTips.ReadAsync(git, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<WantedCommit> tips = [.. commits.Commits, .. remote.Commits];
        IReadOnlyList<WantedCommit> wanted = [.. tips, .. WantedCommit.HeldBy(project.Configuration)];
        revisions ??= new RevisionUses(repository, project.Folder.Path, stateFolder, host);
        var needed = await revisions.ReadAsync(git, wanted, now, cancellationToken).ConfigureAwait(false);
        var (pinned, number) = await projectLocks
            .ReadAsync(repository, commits.WorkTrees, tips, now, cancellationToken)
            .ConfigureAwait(false);
        return new RetentionEvidence
        {
            ReadAt = now,
            Uses = [.. pinned.Uses, .. needed.Uses],
            Holds =
            [
                .. pinned.Holds,
                .. needed.Holds,
                .. remote.Missing.Select(each => HoldOf(each.Reason, each.Remedy)),
            ],
            Counts =
            [
                new EvidenceCount(
                    wanted.Select(commit => commit.Name).Distinct(StringComparer.Ordinal).Count(),
                    "commit"
                ),
                new EvidenceCount(number, "lock"),
            ],
        };
    }

    private RepositoryHold HoldOf(string reason, string remedy) =>
        new(host, null, reason, remedy, null) { Subject = "branches and tags" };
}
