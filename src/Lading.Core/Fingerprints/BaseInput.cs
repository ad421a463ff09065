using Lading.Oci;

namespace Lading.Fingerprints;

/// <summary>An image that a build starts or copies from.</summary>
/// <param name="Reference">As written.</param>
/// <param name="Digest">What it is pinned to; null where it floats and counts by name only.</param>
internal sealed record BaseInput(string Reference, Digest? Digest);
