using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>Whether one container of a workload runs what was meant, and why.</summary>
internal sealed record ContainerVerdict
{
    /// <summary>The stack; a nested one after its top-level stack and a slash. Null outside of stacks.</summary>
    public required string? Stack { get; init; }

    /// <summary>The cluster's name; null for what runs in none.</summary>
    public string? Cluster { get; init; }

    public WorkloadKind Kind { get; init; }

    /// <summary>The name of the service, function, rule or job definition.</summary>
    public required string Service { get; init; }

    public required string Container { get; init; }

    /// <summary>The image's name in <c>lading.json</c>; null if it is none of those.</summary>
    public string? Image { get; init; }

    /// <summary>What the stack names, in full; null if that is unknown.</summary>
    public string? Reference { get; init; }

    /// <summary>What is pinned; null if nothing is, or that is unknown.</summary>
    public Digest? Pinned { get; init; }

    /// <summary>What ECS resolved for the deployment; null if it did not, or that is unknown.</summary>
    public Digest? Resolved { get; init; }

    /// <summary>What runs, the most tasks first.</summary>
    public IReadOnlyList<RunningDigest> Running { get; init; } = [];

    /// <summary>Tasks that are wanted; null for what has no such number.</summary>
    public int? Desired { get; init; }

    /// <summary>The commit that first published what runs, else what is pinned; null if no tag says so.</summary>
    public string? Revision { get; init; }

    /// <summary>When what runs began to; null if that is unknown.</summary>
    public DateTimeOffset? Since { get; init; }

    public required RunningState State { get; init; }

    /// <summary>Why, as part of a sentence; empty if there is nothing to say.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What it was decided from.</summary>
    public IReadOnlyList<FactOrigin> Evidence { get; init; } = [];

    /// <summary>The tasks that run, whatever they run.</summary>
    public int Tasks => Running.Sum(each => each.Tasks);
}

/// <summary>How many tasks run an image.</summary>
/// <param name="Digest">Null if ECS does not tell.</param>
/// <param name="Tasks">How many.</param>
/// <param name="IsPinned">Whether it is what is pinned; null if that cannot be told.</param>
internal sealed record RunningDigest(Digest? Digest, int Tasks, bool? IsPinned);
