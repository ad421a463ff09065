using Lading.Oci;

namespace Lading.Server.Ecr.Images;

/// <summary>An image of a repository as its index tells: no file of it was read yet.</summary>
internal sealed record HeldImage(Digest Digest, string MediaType, IReadOnlyList<Tag> Tags);
