using Lading.Oci;

namespace Lading.Retention.Evidence;

/// <summary>A repository with all of its images.</summary>
internal sealed record StoredRepository
{
    /// <summary>The host in its canonical form (<see cref="EcrAddress.Host"/>), or <c>embedded</c>.</summary>
    public required string Host { get; init; }

    public required RepositoryName Name { get; init; }

    public IReadOnlyList<StoredImage> Images { get; init; } = [];

    /// <summary>Whether it has images that Lading published: it is in <c>lading.json</c>.</summary>
    public bool IsOfProject { get; init; }

    public override string ToString() => $"{Host}/{Name}";
}
