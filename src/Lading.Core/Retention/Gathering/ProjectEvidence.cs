using Lading.Projects;
using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>What a registry stores and its accounts use, with what the project's clone and its list of references want kept.</summary>
/// <param name="inner">Reads the registry and the accounts.</param>
/// <param name="project">The project.</param>
/// <param name="host">The registry's host.</param>
/// <param name="stateFolder">The user's folder of state; null if identities are not remembered.</param>
internal sealed class ProjectEvidence(IRetentionEvidence inner, Project project, string host, string? stateFolder)
    : IRetentionEvidence
{
    public async Task<RetentionEvidence> ReadAsync(CancellationToken cancellationToken)
    {
        var evidence = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
        var clone = await new CloneUses(project, host, stateFolder)
            .ReadAsync(evidence.ReadAt, cancellationToken)
            .ConfigureAwait(false);
        var listed = project.Configuration.Retention.References is { } list
            ? await new ListedReferences(list, project.Folder.Path, host)
                .ReadAsync(evidence.ReadAt, cancellationToken)
                .ConfigureAwait(false)
            : new GatheredUses([], []);
        return evidence with
        {
            Uses = [.. evidence.Uses, .. clone.Uses, .. listed.Uses],
            Holds = [.. evidence.Holds, .. clone.Holds, .. listed.Holds],
            Counts = [.. evidence.Counts, .. clone.Counts.Where(count => count.Number > 0)],
        };
    }
}
