using Lading.Git;
using Lading.Projects;
using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>All locks of a project, in its working trees and in the trees of commits.</summary>
/// <param name="project">The project.</param>
/// <param name="caller">The location of the caller's locks (<c>LADING_LOCK</c>), from the project's folder; null for none.</param>
/// <param name="host">The registry to hold if a lock cannot be read.</param>
internal sealed class ProjectLocks(Project project, string? caller, string host)
{
    private readonly IReadOnlyList<string> listed = project.Configuration.Retention.Locks;
    private readonly IReadOnlyList<string> named =
    [
        .. project.Configuration.Retention.Locks.Concat(caller is null ? [] : [caller]),
    ];

    /// <summary>Reads the locks of the working tree alone.</summary>
    /// <param name="now">The time of the evidence.</param>
    public FoundLocks Read(DateTimeOffset now) => Read([], now);

    /// <summary>
    /// Reads all locks. A lock that <c>lading.json</c> lists and that does not exist holds the registry.
    /// </summary>
    /// <param name="repository">The clone.</param>
    /// <param name="workTrees">The top folders of its working trees.</param>
    /// <param name="commits">The commits whose trees are searched for locks.</param>
    /// <param name="now">The time of the evidence.</param>
    /// <param name="cancellationToken">Cancels it and ends git.</param>
    /// <returns>The locks, and how many of them are in working trees.</returns>
    public async Task<(GatheredUses Found, int Number)> ReadAsync(
        GitRepository repository,
        IReadOnlyList<string> workTrees,
        IReadOnlyList<WantedCommit> commits,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var environments = project.Configuration.Environments.Keys.ToList();
        var committed = await new CommittedLocks(repository.Prefix, named, environments, host)
            .ReadAsync(repository.Git, commits, now, cancellationToken)
            .ConfigureAwait(false);
        var onDisk = Read(workTrees.Select(tree => Path.GetFullPath(Path.Combine(tree, repository.Prefix))), now);
        var missing = listed.Except(onDisk.Locations.Concat(committed.Locations), StringComparer.Ordinal);
        return (
            new GatheredUses(
                [.. onDisk.Uses, .. committed.Uses],
                [.. onDisk.Holds, .. committed.Holds, .. missing.Select(Missing)]
            ),
            onDisk.Locations.Count
        );
    }

    private FoundLocks Read(IEnumerable<string> folders, DateTimeOffset now) =>
        new LockUses(project.Folder.Path, host, named).Read(folders, now);

    private RepositoryHold Missing(string location) =>
        new(
            host,
            null,
            $"there is no lock at {location}, neither in a working tree nor at a tip",
            "Correct \"locks\" of \"retention\" in lading.json.",
            null
        )
        {
            Subject = $"lock {location}",
        };
}
