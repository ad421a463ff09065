namespace Lading.Running.Evidence;

/// <summary>A service deployment, which ECS keeps for 90 days.</summary>
internal sealed record DeploymentEvidence
{
    public required string Arn { get; init; }

    public required string ServiceArn { get; init; }

    /// <summary><c>ECS</c>, otherwise the controller that this deployment or task set belongs to.</summary>
    public string Controller { get; init; } = "ECS";

    /// <summary>Whether its controller reports that it was not started by CloudFormation.</summary>
    public bool IsOutside { get; init; }

    /// <summary>Such as <c>SUCCESSFUL</c> or <c>ROLLBACK_SUCCESSFUL</c>.</summary>
    public required string Status { get; init; }

    public string StatusReason { get; init; } = "";

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The ARN of its target revision.</summary>
    public string TargetRevision { get; init; } = "";

    public IReadOnlyList<string> SourceRevisions { get; init; } = [];

    /// <summary>Why it was or is being rolled back; null if it is not.</summary>
    public string? RollbackReason { get; init; }

    /// <summary>The ARN of the revision that it was or is being rolled back to; null if it is not.</summary>
    public string? RollbackRevision { get; init; }

    /// <summary>Such as <c>MONITORING</c> or <c>TRIGGERED</c>; empty if there is none.</summary>
    public string CircuitBreaker { get; init; } = "";

    /// <summary>The names of the alarms that were triggered.</summary>
    public IReadOnlyList<string> TriggeredAlarms { get; init; } = [];

    /// <summary>Such as <c>BAKE_TIME</c>; empty if ECS does not say.</summary>
    public string Stage { get; init; } = "";

    public required FactOrigin Source { get; init; }

    public bool IsInProgress =>
        Status is "PENDING" or "IN_PROGRESS" or "STOP_REQUESTED" or "ROLLBACK_REQUESTED" or "ROLLBACK_IN_PROGRESS";

    public bool IsRolledBack => Status.StartsWith("ROLLBACK_", StringComparison.Ordinal);
}
