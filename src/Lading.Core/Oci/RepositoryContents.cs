namespace Lading.Oci;

/// <summary>What a look-up of tags and digests in a repository found.</summary>
/// <param name="Exists">Whether the repository exists. Registries that create repositories on push say true.</param>
/// <param name="Images">The images found, by the tag or digest that was asked for.</param>
internal sealed record RepositoryContents(bool Exists, IReadOnlyDictionary<ManifestReference, FoundImage> Images);
