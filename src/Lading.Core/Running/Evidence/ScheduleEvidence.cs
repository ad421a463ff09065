namespace Lading.Running.Evidence;

/// <summary>What starts tasks at certain times: a rule of EventBridge, or a schedule of EventBridge Scheduler.</summary>
/// <param name="Name">Its name, or for a rule its name after that of its bus: the physical id in its stack.</param>
/// <param name="IsEnabled">Null if that was not told.</param>
/// <param name="TaskDefinitions">The ARNs that it starts.</param>
/// <param name="Source">Where this is from.</param>
internal sealed record ScheduleEvidence(
    string Name,
    bool? IsEnabled,
    IReadOnlyList<string> TaskDefinitions,
    FactOrigin Source
)
{
    /// <summary>Every text of what it hands to its target, which may name images.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
}
