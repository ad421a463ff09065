namespace Lading.Testing.Cloud.Ecs;

/// <summary>
/// A deployment of a service: both the <c>Deployment</c> and the <c>ServiceDeployment</c> of the API.
/// </summary>
internal sealed class EcsDeployment
{
    /// <summary><c>ecs-svc/…</c>, which tasks carry as <c>startedBy</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The ARN of the service deployment.</summary>
    public required string Arn { get; init; }

    public required EcsRevision Target { get; init; }

    /// <summary>The revision that ran before; null for the first deployment.</summary>
    public required EcsRevision? Source { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The CodeDeploy deployment that created it; null if none did.</summary>
    public string? ExternalId { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>As in the API: <c>IN_PROGRESS</c>, <c>SUCCESSFUL</c>, <c>ROLLBACK_SUCCESSFUL</c> …</summary>
    public string Status { get; set; } = "IN_PROGRESS";

    public string? StatusReason { get; set; }

    public string? RollbackReason { get; set; }

    public DateTimeOffset? RollbackAt { get; set; }

    public int Failed { get; set; }

    /// <summary><c>MONITORING</c>, <c>MONITORING_COMPLETE</c>, <c>TRIGGERED</c> or <c>DISABLED</c>.</summary>
    public string Breaker { get; set; } = "DISABLED";

    public List<string> TriggeredAlarms { get; } = [];

    public string Stage { get; set; } = "SCALE_UP";

    public DateTimeOffset StageSince { get; set; }

    public bool IsUnderWay => FinishedAt is null;

    /// <summary>The revision whose tasks should run: the source once a rollback has begun.</summary>
    public EcsRevision Wanted => RollbackAt is null ? Target : Source ?? Target;
}

/// <summary>
/// A service revision: a task definition, with the digests that its tags pointed to when it was created.
/// </summary>
internal sealed record EcsRevision(
    string Arn,
    EcsTaskDefinition Definition,
    IReadOnlyDictionary<string, string?> Digests,
    DateTimeOffset CreatedAt
);
