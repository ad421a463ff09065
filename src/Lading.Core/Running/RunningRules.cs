using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>
/// Decides, from the evidence of an environment alone, which images run and whether they are the intended ones.
/// </summary>
internal static class RunningRules
{
    public static EnvironmentStatus Of(EnvironmentEvidence evidence)
    {
        var index = new EvidenceIndex(evidence);
        var workloads = Workloads.Of(evidence);
        var verdicts = workloads
            .SelectMany(workload =>
                workload.Kind == WorkloadKind.Service
                    ? new ServiceRules(index, workload).Decide()
                    : new WorkloadRules(index, workload).Decide()
            )
            .Concat(UnreadStacks.Of(index))
            .Select(verdict => verdict with { Revision = RevisionOf(verdict, index) })
            .OrderBy(verdict => verdict.Stack, StringComparer.Ordinal)
            .ThenBy(verdict => verdict.Service, StringComparer.Ordinal)
            .ThenBy(verdict => verdict.Container, StringComparer.Ordinal)
            .ToList();
        return new EnvironmentStatus(evidence, verdicts, UnmanagedWorkloads.Of(index));
    }

    /// <summary>
    /// The commit of the image that most tasks run, or of the pinned one if no task runs or they run a manifest of the
    /// pinned index.
    /// </summary>
    private static string? RevisionOf(ContainerVerdict verdict, EvidenceIndex index)
    {
        var repository = Repository(verdict.Reference);
        var mostCommon = verdict.Running.Count > 0 ? verdict.Running[0] : null;
        var digest = mostCommon is { IsPinned: not true, Digest: { } running } ? running : verdict.Pinned;
        return digest is { } named ? index.FindImage(repository, named)?.Revision : null;
    }

    private static string? Repository(string? reference) =>
        Oci.ImageReference.TryParse(reference, out var parsed) ? $"{parsed.Host}/{parsed.Repository}" : null;
}
