namespace Lading.Running.Evidence;

/// <summary>All that was read of the past of one top-level stack, and what could not be read.</summary>
internal sealed record HistoryEvidence
{
    /// <summary>The stack's name.</summary>
    public required string Stack { get; init; }

    /// <summary>Its ARN; empty if CloudFormation does not have it any more.</summary>
    public string StackId { get; init; } = "";

    /// <summary>Who hosts its images: the host of the environment's registry.</summary>
    public string Host { get; init; } = "";

    public required DateTimeOffset ReadAt { get; init; }

    public IReadOnlyList<StackEvent> Events { get; init; } = [];

    /// <summary>Those of the stacks that are nested in it.</summary>
    public IReadOnlyList<StackEvent> NestedEvents { get; init; } = [];

    /// <summary>All versions of its record that SSM keeps.</summary>
    public IReadOnlyList<RecordEvidence> Records { get; init; } = [];

    public IReadOnlyList<DeploymentEvidence> Deployments { get; init; } = [];

    public IReadOnlyList<RevisionEvidence> Revisions { get; init; } = [];

    /// <summary>The task definitions of those revisions.</summary>
    public IReadOnlyList<TaskDefinitionEvidence> TaskDefinitions { get; init; } = [];

    /// <summary>The repositories that were asked for images, without their registry's host.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    public IReadOnlyList<RegistryImage> Images { get; init; } = [];

    public IReadOnlyList<StackCaller> Callers { get; init; } = [];

    public IReadOnlyList<UnreadFact> Unread { get; init; } = [];
}
