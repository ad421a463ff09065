using Lading.Oci;

namespace Lading.Fingerprints;

/// <summary>An image that a build starts or copies from.</summary>
/// <param name="Reference">As written.</param>
/// <param name="Digest">What it is pinned to; null if it is unpinned and counts by name only.</param>
internal sealed record BaseReference(string Reference, Digest? Digest)
{
    /// <summary>True if it may be another image tomorrow: it has a digest neither by a pin nor by its reference.</summary>
    public bool IsUnpinned =>
        Digest is null && ImageReference.TryParse(Reference, out var reference) && reference.Digest is null;
}
