using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>Why one image of a batch was not dealt with.</summary>
/// <param name="Code">Such as <c>ImageReferencedByManifestList</c>.</param>
/// <param name="Reason">In ECR's words.</param>
/// <param name="Image">The digest that was asked for; null if the answer does not say.</param>
internal sealed record BatchFailure(string Code, string Reason, Digest? Image = null);
