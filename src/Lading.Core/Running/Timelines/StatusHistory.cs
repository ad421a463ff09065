using Lading.Running.Evidence;

namespace Lading.Running.Timelines;

/// <summary>The history of the workloads in a status report.</summary>
/// <param name="Timelines">The timelines of the workloads of all environments that could be read.</param>
/// <param name="Unread">What could not be read of the history, by the environment's name.</param>
/// <param name="Subjects">The first line of the commits' messages, including those of the present; commits that this
/// clone does not have are left out.</param>
internal sealed record StatusHistory(
    IReadOnlyList<WorkloadTimeline> Timelines,
    IReadOnlyList<KeyValuePair<string, UnreadFact>> Unread,
    IReadOnlyDictionary<string, string> Subjects
)
{
    /// <summary>The history of the workload of a verdict; empty if it is unknown.</summary>
    public IReadOnlyList<TimelineEntry> Of(string environment, ContainerVerdict verdict) =>
        Timelines.FirstOrDefault(timeline => timeline.IsOf(environment, verdict))?.Entries ?? [];
}
