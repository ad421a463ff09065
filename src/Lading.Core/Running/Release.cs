using Lading.Records;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>A release of a stack: an operation of CloudFormation, or a change known only from the record or ECS.</summary>
internal sealed record Release
{
    /// <summary>The version of the record (<c>41</c>), otherwise an id made from its time (<c>20261129T024700</c>).</summary>
    public required string Version { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset When { get; init; }

    public required ReleaseOutcome Outcome { get; init; }

    /// <summary>Who started it; null if CloudTrail does not say.</summary>
    public string? Who { get; init; }

    /// <summary>References by the image's name, otherwise by the container's: <c>storefront/web@sha256:…</c>.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new SortedDictionary<string, string>();

    /// <summary>Whether those are only some of its images: those of an attempt, not everything that the stack pins.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The record of its pins; null if there is none.</summary>
    public StackRecord? Record { get; init; }

    /// <summary>What ECS resolved for its containers, by <see cref="ContainerImages.KeyOf"/>.</summary>
    public IReadOnlyDictionary<string, string> Resolved { get; init; } = new Dictionary<string, string>();

    /// <summary>The names of images that differ from the release before.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>The commit of each image, by name; images without a <c>git-</c> tag are left out.</summary>
    public IReadOnlyDictionary<string, string> Revisions { get; init; } = new Dictionary<string, string>();

    /// <summary>How long it ran; null if it never did, or if that is unknown.</summary>
    public TimeSpan? RanFor { get; init; }

    /// <summary>Whether a rollback to it is possible; null if that is unknown.</summary>
    public bool? CanGoBack { get; init; }

    /// <summary>Why it is not, or another remark, as part of a sentence; empty if there is none.</summary>
    public string Why { get; init; } = "";

    /// <summary>The service deployments that belong to it.</summary>
    public IReadOnlyList<DeploymentEvidence> Deployments { get; init; } = [];

    /// <summary>When it ended; null if it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether the stack runs or ran it.</summary>
    public bool Counts => Outcome == ReleaseOutcome.Succeeded;
}
