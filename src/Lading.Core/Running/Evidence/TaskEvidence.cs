using Lading.Oci;

namespace Lading.Running.Evidence;

/// <summary>A task as ECS describes it.</summary>
internal sealed record TaskEvidence
{
    public required string Arn { get; init; }

    public required string ClusterArn { get; init; }

    /// <summary><c>service:web</c>, or <c>family:web</c> for a task that no service started.</summary>
    public required string Group { get; init; }

    public required string TaskDefinition { get; init; }

    /// <summary><c>PENDING</c>, <c>RUNNING</c>, <c>STOPPED</c> and the states in between.</summary>
    public required string LastStatus { get; init; }

    /// <summary>The desired status: <c>RUNNING</c> or <c>STOPPED</c>.</summary>
    public required string DesiredStatus { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>Such as <c>TaskFailedToStart</c>; empty if it did not stop.</summary>
    public string StopCode { get; init; } = "";

    public string StoppedReason { get; init; } = "";

    public IReadOnlyList<TaskContainer> Containers { get; init; } = [];

    public required FactOrigin Source { get; init; }

    /// <summary>Whether it runs, and is not being stopped.</summary>
    public bool Counts => LastStatus == "RUNNING" && DesiredStatus == "RUNNING";
}

/// <summary>A container of a task.</summary>
/// <param name="Name">Its name in the task definition.</param>
/// <param name="Image">The reference of its image, as ECS reports it for the task.</param>
/// <param name="Digest">The pulled digest; null if ECS does not report it.</param>
/// <param name="ExitCode">Null if it has not exited.</param>
/// <param name="Reason">Why it stopped; empty if ECS does not say.</param>
internal sealed record TaskContainer(string Name, string Image, Digest? Digest, int? ExitCode, string Reason);
