namespace Lading.Oci;

/// <summary>An image that a registry has under a tag.</summary>
/// <param name="Digest">Of its manifest or index.</param>
/// <param name="MediaType">Of its manifest or index.</param>
/// <param name="Tags">
/// All tags that point to this digest, in byte order, where the registry says so in the same answer (ECR, embedded); null
/// where finding out takes further calls: <see cref="IImageRegistry.FindTagsOfAsync"/>.
/// </param>
/// <param name="IsArchived">True if the image must be restored before it can be pulled (ECR storage class ARCHIVE).</param>
internal sealed record FoundImage(Digest Digest, string MediaType, IReadOnlyList<Tag>? Tags, bool IsArchived = false);
