namespace Lading.Testing.Cloud.Ecs;

/// <summary>A task of a <see cref="TestEcs"/>.</summary>
internal sealed class EcsTask(string arn, EcsTaskDefinition definition, DateTimeOffset createdAt)
{
    public string Arn => arn;

    public EcsTaskDefinition Definition => definition;

    public DateTimeOffset CreatedAt => createdAt;

    /// <summary><c>service:web</c>, or <c>family:web</c>.</summary>
    public required string Group { get; init; }

    public required string StartedBy { get; init; }

    /// <summary>The digest pulled for each container: a child's if the image is an index.</summary>
    public required IReadOnlyDictionary<string, string?> Digests { get; init; }

    public string LastStatus { get; set; } = "PROVISIONING";

    public string DesiredStatus { get; set; } = "RUNNING";

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? StoppedAt { get; set; }

    public string? StopCode { get; set; }

    public string? StoppedReason { get; set; }

    public string? ContainerReason { get; set; }

    public int? ExitCode { get; set; }

    public bool IsUnhealthy { get; set; }

    public bool IsRunning => LastStatus == "RUNNING" && DesiredStatus == "RUNNING";

    public bool IsStopped => LastStatus == "STOPPED";

    public void Stop(DateTimeOffset now, string code, string reason, int? exitCode = null, string? container = null)
    {
        LastStatus = "STOPPED";
        DesiredStatus = "STOPPED";
        StoppedAt = now;
        StopCode = code;
        StoppedReason = reason;
        ExitCode = exitCode;
        ContainerReason = container;
    }
}
