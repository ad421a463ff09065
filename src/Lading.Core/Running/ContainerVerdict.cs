using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>Whether one container of a workload runs the intended image, and why.</summary>
internal sealed record ContainerVerdict
{
    /// <summary>The stack; a nested stack follows its top-level stack and a slash. Null outside of stacks.</summary>
    public required string? Stack { get; init; }

    /// <summary>The cluster's name; null for workloads without one.</summary>
    public string? Cluster { get; init; }

    public WorkloadKind Kind { get; init; }

    /// <summary>The name of the service, function, rule or job definition.</summary>
    public required string Service { get; init; }

    public required string Container { get; init; }

    /// <summary>The image's name in <c>lading.json</c>; null if it is not defined there.</summary>
    public string? Image { get; init; }

    /// <summary>The full reference in the stack; null if that is unknown.</summary>
    public string? Reference { get; init; }

    /// <summary>The pinned digest; null if there is none, or it is unknown.</summary>
    public Digest? Pinned { get; init; }

    /// <summary>The digest that ECS resolved for the deployment; null if there is none, or it is unknown.</summary>
    public Digest? Resolved { get; init; }

    /// <summary>The running digests, the one with the most tasks first.</summary>
    public IReadOnlyList<RunningDigest> Running { get; init; } = [];

    /// <summary>The desired number of tasks; null for workloads without one.</summary>
    public int? Desired { get; init; }

    /// <summary>
    /// The commit that first published the running image, otherwise the pinned one; null if no tag names it.
    /// </summary>
    public string? Revision { get; init; }

    /// <summary>When the running image started to run; null if that is unknown.</summary>
    public DateTimeOffset? Since { get; init; }

    public required RunningState State { get; init; }

    /// <summary>Whether the number of running tasks was read.</summary>
    public bool KnowsTasks => State != RunningState.Unreadable || Tasks > 0;

    /// <summary>The reason for the state, as part of a sentence; empty if it needs none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The evidence.</summary>
    public IReadOnlyList<FactOrigin> Evidence { get; init; } = [];

    /// <summary>The number of running tasks, whatever image they run.</summary>
    public int Tasks => Running.Sum(each => each.Tasks);
}

/// <summary>How many tasks run an image.</summary>
/// <param name="Digest">Null if ECS does not report it.</param>
/// <param name="Tasks">The number of tasks.</param>
/// <param name="IsPinned">Whether it is the pinned one; null if that is unknown.</param>
internal sealed record RunningDigest(Digest? Digest, int Tasks, bool? IsPinned);
