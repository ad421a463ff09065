namespace Lading.Running.Evidence;

/// <summary>Everything that was read about the history of one top-level stack, and what could not be read.</summary>
internal sealed record HistoryEvidence
{
    /// <summary>The stack's name.</summary>
    public required string Stack { get; init; }

    /// <summary>Its ARN; empty if CloudFormation no longer has it.</summary>
    public string StackId { get; init; } = "";

    public required DateTimeOffset ReadAt { get; init; }

    public IReadOnlyList<StackEvent> Events { get; init; } = [];

    /// <summary>The events of its nested stacks.</summary>
    public IReadOnlyList<StackEvent> NestedEvents { get; init; } = [];

    /// <summary>All versions of its record that SSM still has.</summary>
    public IReadOnlyList<RecordEvidence> Records { get; init; } = [];

    public IReadOnlyList<DeploymentEvidence> Deployments { get; init; } = [];

    public IReadOnlyList<RevisionEvidence> Revisions { get; init; } = [];

    /// <summary>The task definitions of those revisions.</summary>
    public IReadOnlyList<TaskDefinitionEvidence> TaskDefinitions { get; init; } = [];

    /// <summary>The repositories whose images were read, without their registry's host.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    public IReadOnlyList<RegistryImage> Images { get; init; } = [];

    public IReadOnlyList<StackCaller> Callers { get; init; } = [];

    public IReadOnlyList<UnreadFact> Unread { get; init; } = [];
}
