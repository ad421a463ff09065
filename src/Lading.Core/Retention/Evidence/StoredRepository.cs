using Lading.Oci;

namespace Lading.Retention.Evidence;

/// <summary>A repository with all of its images.</summary>
internal sealed record StoredRepository
{
    /// <summary>The host in its usual form (<see cref="EcrAddress.Host"/>), or <c>embedded</c>.</summary>
    public required string Host { get; init; }

    public required RepositoryName Name { get; init; }

    public IReadOnlyList<StoredImage> Images { get; init; } = [];

    /// <summary>Whether it holds images that Lading published: <c>lading.json</c> names it.</summary>
    public bool IsOfProject { get; init; }

    public override string ToString() => $"{Host}/{Name}";
}

/// <summary>A manifest, an index or an artifact as its registry has it.</summary>
internal sealed record StoredImage
{
    public required Digest Digest { get; init; }

    public string MediaType { get; init; } = "";

    /// <summary>All tags that point to it, in byte order.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>When it was pushed first; null if the registry does not tell.</summary>
    public DateTimeOffset? PushedAt { get; init; }

    /// <summary>When somebody pulled it last, up to 24 hours late; null if nobody did, or the registry does not tell.</summary>
    public DateTimeOffset? PulledAt { get; init; }

    /// <summary>Whether it must be restored before it can be pulled.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Of an index: its manifests; empty for a manifest, null if they could not be read.</summary>
    public IReadOnlyList<Digest>? Children { get; init; } = [];

    /// <summary>What it is about, if it is a referrer (distribution-spec 1.1, "subject").</summary>
    public Digest? Subject { get; init; }

    /// <summary>Configuration and layers with their sizes in bytes; null if they could not be read.</summary>
    public IReadOnlyList<Descriptor>? Blobs { get; init; } = [];
}
