namespace Lading.Configuration;

/// <summary>A third-party image, pinned and mirrored into the team's own repository.</summary>
internal sealed record MirroredImage : ImageDefinition
{
    /// <summary>Its reference, as written: <c>docker.io/envoyproxy/envoy:v1.31</c>.</summary>
    public required string From { get; init; }
}
