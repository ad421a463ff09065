using Lading.Oci;

namespace Lading.Provenance;

/// <summary>The Dockerfile that an image is built from. It may be one of the files as well.</summary>
/// <param name="FullPath">From the top of the repository.</param>
/// <param name="Digest">Of its bytes.</param>
internal sealed record DockerfileRecord(string FullPath, Digest Digest);
