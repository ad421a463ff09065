using Lading.Oci;

namespace Lading.Locks;

/// <summary>One image of a lock: what a template pins.</summary>
/// <param name="Repository">The name within the environment's registry.</param>
/// <param name="Digest">Of the manifest or index.</param>
/// <param name="Fingerprint">64 hex digits: the identity of its inputs.</param>
/// <param name="Revision">The commit that first published this content, 40 hex digits (64 in a SHA-256 repository); null where it came from an uncommitted tree.</param>
/// <param name="Platforms">Sorted by their text, at least one.</param>
public sealed record LockedImage(
    string Repository,
    Digest Digest,
    string Fingerprint,
    string? Revision,
    IReadOnlyList<Platform> Platforms
);
