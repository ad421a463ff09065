using Lading.Fingerprints;
using Lading.Fingerprints.Remembered;
using Lading.Git;
using Lading.Projects;
using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>What the clone of a project wants kept: identities at the tips of branches and at tags, and what locks pin.</summary>
/// <param name="project">The project.</param>
/// <param name="host">The registry's host.</param>
/// <param name="stateFolder">The user's folder of state; null if identities are not remembered.</param>
internal sealed class CloneUses(Project project, string host, string? stateFolder)
{
    /// <summary>Reads them. Without a whole clone the registry is held, since nobody can tell what is missing.</summary>
    /// <param name="now">The time that goes with what was read.</param>
    /// <param name="cancellationToken">Ends git.</param>
    public async Task<RetentionEvidence> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var locks = new LockUses(project.Folder.Path, host);
        try
        {
            var repository = await GitRepository
                .FindAsync(project.Folder.Path, cancellationToken)
                .ConfigureAwait(false);
            var commits = await WantedCommits
                .ReadAsync(repository.Git, reflogSince: null, cancellationToken)
                .ConfigureAwait(false);
            var memory =
                stateFolder is null || ReplacedObjects.MayBeIn(repository.Top)
                    ? null
                    : IdentityMemory.Open(project.Folder.Path, repository.Top, stateFolder);
            var needed = await new RevisionUses(new RepositoryPath(repository.Prefix), memory, host)
                .ReadAsync(repository.Git, commits.Commits, now, cancellationToken)
                .ConfigureAwait(false);
            var missing = await CloneCompleteness.MissingAsync(repository.Git, cancellationToken).ConfigureAwait(false);
            var (pinned, number) = locks.Read(
                commits.WorkTrees.Select(tree => Path.GetFullPath(Path.Combine(tree, repository.Prefix))),
                now
            );
            return new RetentionEvidence
            {
                ReadAt = now,
                Uses = [.. pinned.Uses, .. needed.Uses],
                Holds = [.. pinned.Holds, .. needed.Holds, .. missing.Select(each => HoldOf(each.Reason, each.Remedy))],
                Counts =
                [
                    new EvidenceCount(
                        commits.Commits.Select(commit => commit.Name).Distinct(StringComparer.Ordinal).Count(),
                        "commit"
                    ),
                    new EvidenceCount(number, "lock"),
                ],
            };
        }
        catch (LadingException e)
        {
            var (pinned, _) = locks.Read([], now);
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

    private RepositoryHold HoldOf(string reason, string remedy) =>
        new(host, null, reason, remedy, null) { Subject = "branches and tags" };
}
