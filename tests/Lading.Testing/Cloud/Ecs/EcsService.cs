namespace Lading.Testing.Cloud.Ecs;

/// <summary>A service of a <see cref="TestEcs"/>.</summary>
internal sealed class EcsService
{
    public required string Arn { get; init; }

    public required string Name { get; init; }

    public required string Cluster { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public int Desired { get; set; }

    public EcsTaskDefinition Definition { get; set; } = null!;

    public string Status { get; set; } = "ACTIVE";

    public string Controller { get; set; } = "ECS";

    /// <summary><c>ROLLING</c>, <c>BLUE_GREEN</c>, <c>LINEAR</c> or <c>CANARY</c>.</summary>
    public string Strategy { get; set; } = "ROLLING";

    public TimeSpan BakeTime { get; set; }

    public bool HasBreaker { get; set; }

    /// <summary>Whether the circuit breaker also rolls back.</summary>
    public bool RollsBack { get; set; }

    /// <summary>Alarms that roll a deployment back.</summary>
    public List<string> Alarms { get; } = [];

    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>All of them, the newest last.</summary>
    public List<EcsDeployment> Deployments { get; } = [];

    public List<EcsTask> Tasks { get; } = [];

    public List<(DateTimeOffset At, string Message)> Events { get; } = [];

    /// <summary>The newest deployment.</summary>
    public EcsDeployment Current => Deployments[^1];

    public bool IsStable =>
        !Current.IsUnderWay
        && Tasks.Count(task => task.IsRunning) == Desired
        && Tasks.All(task => task.IsStopped || task.Definition == Current.Wanted.Definition);

    /// <summary>
    /// How many failed tasks trigger the circuit breaker (developer guide, "How the deployment circuit breaker detects
    /// failures").
    /// </summary>
    public int BreakerThreshold => Math.Clamp((int)Math.Ceiling(Desired * 0.5), 3, 200);
}
