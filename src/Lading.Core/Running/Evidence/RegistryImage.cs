using Lading.Oci;

namespace Lading.Running.Evidence;

/// <summary>An image in its registry.</summary>
/// <param name="Repository">Host and repository, without tag or digest.</param>
/// <param name="Digest">Of its manifest or index.</param>
/// <param name="Tags">All its tags.</param>
/// <param name="Children">The manifests of an index by platform; empty for a manifest, null if they were not read.</param>
/// <param name="IsArchived">Whether it must be restored before it can be pulled.</param>
/// <param name="Source">The source of this fact.</param>
internal sealed record RegistryImage(
    string Repository,
    Digest Digest,
    IReadOnlyList<string> Tags,
    IReadOnlyList<RegistryChild>? Children,
    bool IsArchived,
    FactOrigin Source
)
{
    private const string RevisionPrefix = "git-";

    /// <summary>The commit that first published it, by its <c>git-</c> tag; null if it has none.</summary>
    public string? Revision =>
        Tags.Where(tag => tag.StartsWith(RevisionPrefix, StringComparison.Ordinal))
            .Select(tag => tag[RevisionPrefix.Length..])
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
}

/// <summary>A manifest in an index.</summary>
internal sealed record RegistryChild(Digest Digest, Platform? Platform);
