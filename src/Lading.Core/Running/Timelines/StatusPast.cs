using Lading.Running.Evidence;

namespace Lading.Running.Timelines;

/// <summary>What ran before what a status report shows.</summary>
/// <param name="Timelines">Those of all workloads of all environments that could be read.</param>
/// <param name="Unread">What could not be read of the past, by the environment's name.</param>
/// <param name="Subjects">The first line of commits' messages, those of the present too; those that this clone does not have are left out.</param>
internal sealed record StatusPast(
    IReadOnlyList<WorkloadTimeline> Timelines,
    IReadOnlyList<KeyValuePair<string, UnreadFact>> Unread,
    IReadOnlyDictionary<string, string> Subjects
)
{
    /// <summary>The past of what a verdict is about; empty if nothing is known of it.</summary>
    public IReadOnlyList<TimelineEntry> Of(string environment, ContainerVerdict verdict) =>
        Timelines.FirstOrDefault(timeline => timeline.IsOf(environment, verdict))?.Entries ?? [];
}
