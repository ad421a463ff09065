using System.Collections.ObjectModel;
using Lading.Oci;

namespace Lading.Locks;

/// <summary>The entry of an image in a lock: what a template pins.</summary>
/// <param name="Repository">The name within the environment's registry.</param>
/// <param name="Digest">Of the manifest or index.</param>
/// <param name="Fingerprint">64 hex digits: the identity of its inputs.</param>
/// <param name="Revision">The commit that first published this content, 40 hex digits (64 in a SHA-256 repository); null if it came from an uncommitted tree.</param>
/// <param name="Platforms">Sorted by their text; empty if the image does not have any.</param>
public sealed record LockedImage(
    string Repository,
    Digest Digest,
    string Fingerprint,
    string? Revision,
    IReadOnlyList<Platform> Platforms
)
{
    /// <summary>The version of the rules of <see cref="Fingerprint"/> (docs/fingerprint.md); 1 in a lock without one.</summary>
    public int FingerprintVersion { get; init; } = 1;

    /// <summary>
    /// The manifest for each platform if <see cref="Digest"/> is an index, sorted by the platform's text; empty if it is a manifest
    /// itself; null if the lock does not have them (a lock of version 1, or an archived index).
    /// </summary>
    public IReadOnlyDictionary<Platform, Digest>? Manifests { get; init; } = ReadOnlyDictionary<Platform, Digest>.Empty;
}
