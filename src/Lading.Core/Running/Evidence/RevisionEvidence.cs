using Lading.Oci;

namespace Lading.Running.Evidence;

/// <summary>A service revision: the digests that ECS resolved for all tasks of a deployment.</summary>
internal sealed record RevisionEvidence
{
    public required string Arn { get; init; }

    public required string ServiceArn { get; init; }

    public required string TaskDefinition { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<RevisionImage> Images { get; init; } = [];

    public required FactOrigin Source { get; init; }

    /// <summary>The digest that ECS resolved for a container; null if it did not resolve one.</summary>
    public Digest? DigestOf(string container) => Images.FirstOrDefault(image => image.Container == container)?.Digest;
}

/// <summary>An image of a service revision.</summary>
internal sealed record RevisionImage(string Container, string Image, Digest? Digest);
