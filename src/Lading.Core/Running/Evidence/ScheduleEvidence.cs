namespace Lading.Running.Evidence;

/// <summary>A schedule that starts tasks: an EventBridge rule, or a schedule of EventBridge Scheduler.</summary>
/// <param name="Name">Its physical id in the stack: its name; for a rule, with the name of its bus.</param>
/// <param name="IsEnabled">Null if that is unknown.</param>
/// <param name="TaskDefinitions">The ARNs of the task definitions that it starts.</param>
/// <param name="Source">The source of this fact.</param>
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
