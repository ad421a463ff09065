namespace Lading.Running.Evidence;

/// <summary>Starts tasks at certain times: a rule of EventBridge, or a schedule of EventBridge Scheduler.</summary>
/// <param name="Name">Its name; for a rule, the name of its bus and its name: the physical id in its stack.</param>
/// <param name="IsEnabled">Null if that is unknown.</param>
/// <param name="TaskDefinitions">The ARNs of the task definitions that it starts.</param>
/// <param name="Source">Where this comes from.</param>
internal sealed record ScheduleEvidence(
    string Name,
    bool? IsEnabled,
    IReadOnlyList<string> TaskDefinitions,
    FactOrigin Source
)
{
    /// <summary>Every string of its target's input; it may name images.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
}
