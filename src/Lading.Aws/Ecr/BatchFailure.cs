namespace Lading.Aws.Ecr;

/// <summary>Why one image of a batch was not dealt with.</summary>
/// <param name="Code">Such as <c>ImageReferencedByManifestList</c>.</param>
/// <param name="Reason">In ECR's words.</param>
internal sealed record BatchFailure(string Code, string Reason);
