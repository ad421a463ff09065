namespace Lading.Aws.Ecr;

/// <summary>What deleting images came to.</summary>
/// <param name="Deleted">Tags and digests that are gone.</param>
/// <param name="Failures">What stayed, and why.</param>
internal sealed record BatchDeletion(int Deleted, IReadOnlyList<BatchFailure> Failures);
