namespace Lading.Running.Evidence;

/// <summary>A service as ECS describes it.</summary>
internal sealed record ServiceEvidence
{
    public required string Arn { get; init; }

    public required string ClusterArn { get; init; }

    public required string Name { get; init; }

    /// <summary><c>ACTIVE</c>, <c>DRAINING</c> or <c>INACTIVE</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The ARN of the task definition; empty under a controller that uses task sets.</summary>
    public required string TaskDefinition { get; init; }

    public required int Desired { get; init; }

    public required int Running { get; init; }

    /// <summary><c>ECS</c>, <c>CODE_DEPLOY</c> or <c>EXTERNAL</c>.</summary>
    public string Controller { get; init; } = "ECS";

    public bool IsDaemon { get; init; }

    /// <summary>
    /// The stack that created it, by CloudFormation's tag; null if it has none, or its tags may not be read.
    /// </summary>
    public string? Stack { get; init; }

    /// <summary>Its <c>deployments</c> in the API, the newest first.</summary>
    public IReadOnlyList<Rollout> Rollouts { get; init; } = [];

    public IReadOnlyList<TaskSet> TaskSets { get; init; } = [];

    /// <summary>The ARN of the service deployment in progress; null if there is none.</summary>
    public string? CurrentDeployment { get; init; }

    /// <summary>The ARNs of the revisions whose tasks run now.</summary>
    public IReadOnlyList<string> CurrentRevisions { get; init; } = [];

    /// <summary>Its events, the newest first; at most the last ten.</summary>
    public IReadOnlyList<ServiceEvent> Events { get; init; } = [];

    public required FactOrigin Source { get; init; }

    /// <summary>The last part of the cluster's ARN.</summary>
    public string ClusterName => ArnName.Of(ClusterArn);

    /// <summary>The primary deployment; null under another controller.</summary>
    public Rollout? Primary => Rollouts.FirstOrDefault(each => each.Status == "PRIMARY");

    /// <summary>Whether a deployment is in progress.</summary>
    public bool IsDeploying => CurrentDeployment is not null || Rollouts.Any(each => each.State == "IN_PROGRESS");
}

/// <summary>A deployment as ECS lists it in its service.</summary>
/// <param name="Status"><c>PRIMARY</c>, <c>ACTIVE</c> or <c>INACTIVE</c>.</param>
/// <param name="TaskDefinition">An ARN.</param>
/// <param name="Running">The number of running tasks.</param>
/// <param name="Failed">Tasks that failed to start.</param>
/// <param name="State"><c>IN_PROGRESS</c>, <c>COMPLETED</c> or <c>FAILED</c>; empty if ECS does not say.</param>
/// <param name="Reason">In ECS's words.</param>
/// <param name="CreatedAt">When it began.</param>
internal sealed record Rollout(
    string Status,
    string TaskDefinition,
    int Running,
    int Failed,
    string State,
    string Reason,
    DateTimeOffset CreatedAt
);

/// <summary>A task set under the controllers CODE_DEPLOY and EXTERNAL.</summary>
/// <param name="Id">Its id, which is also <c>startedBy</c> of its tasks.</param>
/// <param name="Status"><c>PRIMARY</c>, <c>ACTIVE</c> or <c>DRAINING</c>.</param>
/// <param name="TaskDefinition">An ARN.</param>
/// <param name="IsSteady">Whether it has reached its scale.</param>
internal sealed record TaskSet(string Id, string Status, string TaskDefinition, bool IsSteady)
{
    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The deployment of CodeDeploy that created it; empty if there is none.</summary>
    public string ExternalId { get; init; } = "";
}

/// <summary>An event of a service.</summary>
internal sealed record ServiceEvent(DateTimeOffset At, string Message);
