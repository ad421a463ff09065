namespace Lading.Running.Timelines;

/// <summary>The history of one workload: the releases that deployed it, the newest first.</summary>
/// <param name="Environment">The environment's name.</param>
/// <param name="Stack">The stack's name, as in verdicts.</param>
/// <param name="Kind">The kind of workload.</param>
/// <param name="Service">The name of the service, function, rule or job definition.</param>
/// <param name="Entries">The newest first; empty if there are none.</param>
internal sealed record WorkloadTimeline(
    string Environment,
    string? Stack,
    WorkloadKind Kind,
    string Service,
    IReadOnlyList<TimelineEntry> Entries
)
{
    /// <summary>Whether it is the history of a verdict's workload.</summary>
    public bool IsOf(string environment, ContainerVerdict verdict) =>
        Environment == environment && Stack == verdict.Stack && Kind == verdict.Kind && Service == verdict.Service;
}
