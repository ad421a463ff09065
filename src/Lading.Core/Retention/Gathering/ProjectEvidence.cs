using Lading.Projects;
using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>
/// The evidence on a registry and its accounts, with the uses of the project's clone and its list of references.
/// </summary>
/// <param name="inner">Reads the registry and the accounts.</param>
/// <param name="project">The project.</param>
/// <param name="host">The registry's host.</param>
/// <param name="stateFolder">The user's state folder; null if identities are not remembered.</param>
/// <param name="locks">The location of the caller's locks (<c>LADING_LOCK</c>), from the project's folder; null for none.</param>
/// <param name="time">The clock that dates facts.</param>
internal sealed class ProjectEvidence(
    IRetentionEvidence inner,
    Project project,
    string host,
    string? stateFolder,
    string? locks,
    TimeProvider time
) : IRetentionEvidence
{
    private readonly CloneUses cloneUses = new(project, host, stateFolder, locks);

    public async Task<RetentionEvidence> ReadAsync(CancellationToken cancellationToken)
    {
        // Git and locks are read before deployments: an image that is deployed in between is then seen at least once.
        var now = time.GetUtcNow();
        var clone = await cloneUses.ReadAsync(now, cancellationToken).ConfigureAwait(false);
        var listed = project.Configuration.Retention.References is { } list
            ? await new ListedReferences(list, project, host).ReadAsync(now, cancellationToken).ConfigureAwait(false)
            : new GatheredUses([], []);
        var evidence = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
        return evidence with
        {
            Uses = [.. evidence.Uses, .. clone.Uses, .. listed.Uses],
            Holds = [.. evidence.Holds, .. clone.Holds, .. listed.Holds],
            Counts = [.. evidence.Counts, .. clone.Counts.Where(count => count.Number > 0)],
        };
    }
}
