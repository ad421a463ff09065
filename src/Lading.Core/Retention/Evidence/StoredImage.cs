using Lading.Oci;

namespace Lading.Retention.Evidence;

/// <summary>A manifest, an index or an artifact as its registry has it.</summary>
internal sealed record StoredImage
{
    public required Digest Digest { get; init; }

    public string MediaType { get; init; } = "";

    /// <summary>All tags that point to it, in byte order.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What an artifact is, or the media type of an image's configuration; null if the registry does not tell.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>Its size in bytes as the registry tells it: what deleting it frees at most; null if it does not tell.</summary>
    public long? Size { get; init; }

    /// <summary>When it was pushed first; null if the registry does not tell, and then its age never lets it go.</summary>
    public DateTimeOffset? PushedAt { get; init; }

    /// <summary>When somebody pulled it last, up to 24 hours late; null if nobody did, or the registry does not tell.</summary>
    public DateTimeOffset? PulledAt { get; init; }

    /// <summary>When it came back from the archive last; null if it never did, or the registry does not tell.</summary>
    public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>Whether it must be restored before it can be pulled.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Of an index: its manifests; empty for a manifest, null if they are unknown, which holds the repository.</summary>
    public IReadOnlyList<Descriptor>? Children { get; init; } = [];

    /// <summary>What it is about, if it is a referrer (distribution-spec 1.1, "subject").</summary>
    public Digest? Subject { get; init; }

    /// <summary>Configuration and layers with their sizes in bytes; null if unread, which leaves only freed bytes unknown.</summary>
    public IReadOnlyList<Descriptor>? Blobs { get; init; } = [];
}
