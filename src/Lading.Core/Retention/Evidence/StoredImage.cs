using Lading.Oci;

namespace Lading.Retention.Evidence;

/// <summary>A manifest, an index or an artifact in a registry.</summary>
internal sealed record StoredImage
{
    public required Digest Digest { get; init; }

    public string MediaType { get; init; } = "";

    /// <summary>All its tags, in byte order.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The type of an artifact, or the media type of an image's configuration; null if the registry does not return it.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>Its size in bytes according to the registry, the most that deleting it can free; null if the registry does not return it.</summary>
    public long? Size { get; init; }

    /// <summary>When it was first pushed; null if the registry does not return it, which keeps it whatever its age.</summary>
    public DateTimeOffset? PushedAt { get; init; }

    /// <summary>When it was last pulled, up to 24 hours late; null if it never was, or the registry does not return it.</summary>
    public DateTimeOffset? PulledAt { get; init; }

    /// <summary>When it was last restored from the archive; null if it never was, or the registry does not return it.</summary>
    public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>Whether it must be restored before it can be pulled.</summary>
    public bool IsArchived { get; init; }

    /// <summary>The manifests of an index; empty for a manifest, null if they are unknown, which holds the repository.</summary>
    public IReadOnlyList<Descriptor>? Children { get; init; } = [];

    /// <summary>Its subject, if it is a referrer (distribution-spec 1.1, "subject").</summary>
    public Digest? Subject { get; init; }

    /// <summary>Configuration and layers with their sizes in bytes; null if they were not read, which affects only the freed bytes.</summary>
    public IReadOnlyList<Descriptor>? Blobs { get; init; } = [];
}
