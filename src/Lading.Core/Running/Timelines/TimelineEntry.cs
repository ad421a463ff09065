using Lading.Oci;

namespace Lading.Running.Timelines;

/// <summary>A release as one workload saw it.</summary>
/// <param name="Release">The release of its stack.</param>
/// <param name="Images">What the release had it run, by container.</param>
internal sealed record TimelineEntry(Release Release, IReadOnlyList<TimelineImage> Images)
{
    /// <summary>How long the workload ran it, or runs it by now; null if it never was what ran.</summary>
    public TimeSpan? RanFor { get; init; }

    /// <summary>Whether it is the last one that succeeded.</summary>
    public bool IsCurrent { get; init; }
}

/// <summary>What a release had a container run.</summary>
/// <param name="Container">The container's name.</param>
/// <param name="Reference">As the record or ECS has it.</param>
/// <param name="Digest">Null if it is named by a tag that nobody resolved.</param>
/// <param name="Revision">The commit that first published it; null if no tag says so.</param>
internal sealed record TimelineImage(string Container, string Reference, Digest? Digest, string? Revision)
{
    /// <summary>Whether both run the same: digests are compared with digests.</summary>
    public bool IsSame(TimelineImage other) =>
        Container == other.Container
        && (Digest is { } one && other.Digest is { } two ? one == two : Reference == other.Reference);
}
