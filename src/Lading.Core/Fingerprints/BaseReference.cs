using Lading.Oci;

namespace Lading.Fingerprints;

/// <summary>A base image of a build: one that it starts from (<c>FROM</c>) or copies from (<c>--from</c>).</summary>
/// <param name="Reference">As written.</param>
/// <param name="Digest">The pinned digest; null if it is unpinned and only its name counts.</param>
internal sealed record BaseReference(string Reference, Digest? Digest)
{
    /// <summary>True if it may be another image tomorrow: it has no digest, neither by a pin nor in its reference.</summary>
    public bool IsUnpinned =>
        Digest is null && ImageReference.TryParse(Reference, out var reference) && reference.Digest is null;
}
