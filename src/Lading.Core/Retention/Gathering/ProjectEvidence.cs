using Lading.Projects;
using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>What a registry stores and its accounts use, with what the project's clone and its list of references want kept.</summary>
/// <param name="inner">Reads the registry and the accounts.</param>
/// <param name="project">The project.</param>
/// <param name="host">The registry's host.</param>
/// <param name="stateFolder">The user's folder of state; null if identities are not remembered.</param>
/// <param name="locks">Where the caller says that locks are (<c>LADING_LOCK</c>), from the project's folder; null for nowhere.</param>
/// <param name="time">The clock that facts are dated by.</param>
internal sealed class ProjectEvidence(
    IRetentionEvidence inner,
    Project project,
    string host,
    string? stateFolder,
    string? locks,
    TimeProvider time
) : IRetentionEvidence
{
    private readonly CloneUses ofClone = new(project, host, stateFolder, locks);

    public async Task<RetentionEvidence> ReadAsync(CancellationToken cancellationToken)
    {
        // What git and locks want comes before what was deployed of it: an image moves on while this reads.
        var now = time.GetUtcNow();
        var clone = await ofClone.ReadAsync(now, cancellationToken).ConfigureAwait(false);
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
