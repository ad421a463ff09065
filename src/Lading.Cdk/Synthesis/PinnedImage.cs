using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>What a template says of an image, within its registry.</summary>
internal sealed record PinnedImage(string Repository, Digest Digest);
