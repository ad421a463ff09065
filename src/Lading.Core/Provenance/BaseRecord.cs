using Lading.Oci;

namespace Lading.Provenance;

/// <summary>An image that another one was made from.</summary>
/// <param name="Reference">As written.</param>
/// <param name="Digest">What it was built on; null if only the engine knew.</param>
/// <param name="IsPinned">False if it floated, and counted by its name alone.</param>
internal sealed record BaseRecord(string Reference, Digest? Digest, bool IsPinned)
{
    /// <summary>The digest that counts for the identity; null if it counts by name.</summary>
    public Digest? Counting => IsPinned ? Digest : null;
}
