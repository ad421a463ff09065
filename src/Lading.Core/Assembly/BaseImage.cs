using Lading.Oci;

namespace Lading.Assembly;

/// <summary>A base of an assembled image.</summary>
/// <param name="Reference">As written, for errors.</param>
/// <param name="Repository">The repository that has it.</param>
/// <param name="Digest">Of its manifest or index.</param>
internal sealed record BaseImage(string Reference, IReadableRepository Repository, Digest Digest);
