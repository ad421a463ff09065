using Lading.Oci;

namespace Lading.Running.Timelines;

/// <summary>A release from the point of view of one workload.</summary>
/// <param name="Release">The release of its stack.</param>
/// <param name="Images">The workload's images in the release, by container.</param>
internal sealed record TimelineEntry(Release Release, IReadOnlyList<TimelineImage> Images)
{
    /// <summary>How long the workload ran it, or has run it; null if it never did.</summary>
    public TimeSpan? RanFor { get; init; }

    /// <summary>Whether it is the last successful one.</summary>
    public bool IsCurrent { get; init; }
}

/// <summary>The image of a container in a release.</summary>
/// <param name="Container">The container's name.</param>
/// <param name="Reference">The reference in the record or in ECS.</param>
/// <param name="Digest">Null for a tag that was not resolved.</param>
/// <param name="Revision">The commit that first published it; null if no tag says so.</param>
internal sealed record TimelineImage(string Container, string Reference, Digest? Digest, string? Revision)
{
    /// <summary>Whether both run the same image: digests are compared with digests.</summary>
    public bool IsSame(TimelineImage other) =>
        Container == other.Container
        && (Digest is { } one && other.Digest is { } two ? one == two : Reference == other.Reference);
}
