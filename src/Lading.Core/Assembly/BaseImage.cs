using Lading.Oci;

namespace Lading.Assembly;

/// <summary>An image to build on.</summary>
/// <param name="Reference">As written, for errors.</param>
/// <param name="Repository">Where it is.</param>
/// <param name="Digest">Of its manifest or index.</param>
internal sealed record BaseImage(string Reference, IReadableRepository Repository, Digest Digest);
