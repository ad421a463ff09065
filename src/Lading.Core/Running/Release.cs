using Lading.Records;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>A release of a stack: one operation of CloudFormation, or what the record or ECS alone know of.</summary>
internal sealed record Release
{
    /// <summary>The version of the record (<c>41</c>), else an id of its time (<c>20261129T024700</c>).</summary>
    public required string Version { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset When { get; init; }

    public required ReleaseOutcome Outcome { get; init; }

    /// <summary>Who asked for it; null if CloudTrail does not say.</summary>
    public string? Who { get; init; }

    /// <summary>References by the image's name, else by the container's: <c>storefront/web@sha256:…</c>.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new SortedDictionary<string, string>();

    /// <summary>Whether those are only some of its images: what was attempted, not all that the stack pins.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The record that says what it pins; null if none does.</summary>
    public StackRecord? Record { get; init; }

    /// <summary>What ECS resolved for its containers, by <see cref="ContainerImages.KeyOf"/>.</summary>
    public IReadOnlyDictionary<string, string> Resolved { get; init; } = new Dictionary<string, string>();

    /// <summary>The names of images that are others than in the release before.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>The commit of each image, by name; those that no tag tells are left out.</summary>
    public IReadOnlyDictionary<string, string> Revisions { get; init; } = new Dictionary<string, string>();

    /// <summary>How long it was the one that ran; null if it never was, or nothing tells.</summary>
    public TimeSpan? RanFor { get; init; }

    /// <summary>Whether one can go back to it; null if that cannot be told.</summary>
    public bool? CanGoBack { get; init; }

    /// <summary>Why not, or what else is to be said, as part of a sentence; empty if nothing is.</summary>
    public string Why { get; init; } = "";

    /// <summary>The deployments of services that belong to it.</summary>
    public IReadOnlyList<DeploymentEvidence> Deployments { get; init; } = [];

    /// <summary>When it was over; null if it is not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether it is, or was, what the stack ran.</summary>
    public bool Counts => Outcome == ReleaseOutcome.Succeeded;
}
