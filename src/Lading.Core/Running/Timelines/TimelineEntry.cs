using Lading.Oci;

namespace Lading.Running.Timelines;

/// <summary>A release from the point of view of one workload.</summary>
/// <param name="Release">The release of its stack.</param>
/// <param name="Images">The workload's images in the release, by container.</param>
internal sealed record TimelineEntry(Release Release, IReadOnlyList<TimelineImage> Images)
{
    /// <summary>How long the workload ran the release, or has run it so far; null if it never did.</summary>
    public TimeSpan? RanFor { get; init; }

    /// <summary>Whether the release is the last successful one.</summary>
    public bool IsCurrent { get; init; }
}

/// <summary>The image of a container in a release.</summary>
/// <param name="Container">The container's name.</param>
/// <param name="Reference">The reference in the record or in ECS.</param>
/// <param name="Digest">The digest; null for a tag that was not resolved.</param>
/// <param name="Revision">The commit that first published it; null if no tag names it.</param>
internal sealed record TimelineImage(string Container, string Reference, Digest? Digest, string? Revision)
{
    /// <summary>Whether both are the same image of the same container, by digest if both are known.</summary>
    public bool IsSame(TimelineImage other) =>
        Container == other.Container
        && (Digest is { } one && other.Digest is { } two ? one == two : Reference == other.Reference);
}
