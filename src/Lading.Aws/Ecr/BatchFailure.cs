using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>Why one image of a batch failed.</summary>
/// <param name="Code">Such as <c>ImageReferencedByManifestList</c>.</param>
/// <param name="Reason">ECR's message.</param>
/// <param name="Image">The requested digest; null if the response does not have it.</param>
internal sealed record BatchFailure(string Code, string Reason, Digest? Image = null);
