using Lading.Oci;

namespace Lading.Retention.Acting;

/// <summary>A registry that can remove many images in one call.</summary>
internal interface IPrunedRegistry : IImageRegistry
{
    /// <summary>
    /// Removes tags, each only from its given image, and untagged manifests, in one call; an image is deleted with its
    /// last tag.
    /// </summary>
    /// <param name="repository">The repository.</param>
    /// <param name="references">At most 100.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What was not removed, and why; what no longer existed is not a failure.</returns>
    /// <exception cref="LadingException">The call is refused.</exception>
    Task<IReadOnlyList<RemovalFailure>> RemoveAsync(
        RepositoryName repository,
        IReadOnlyList<RemovedReference> references,
        CancellationToken cancellationToken
    );

    /// <summary>Archives an image: it cannot be pulled until it is restored.</summary>
    /// <exception cref="LadingException">The registry refuses.</exception>
    Task ArchiveAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken);

    /// <summary>How far this machine's clock is ahead of the registry's; null if unknown.</summary>
    Task<TimeSpan?> GetClockLeadAsync(CancellationToken cancellationToken);

    /// <summary>The caller's identity in the registry: an ARN.</summary>
    Task<string> GetCallerAsync(CancellationToken cancellationToken);
}

/// <summary>A reference to remove: a tag of an image, which stays if it has moved to another meanwhile; or an untagged image.</summary>
/// <param name="Digest">The image.</param>
/// <param name="Tag">The tag; null for the image itself.</param>
internal sealed record RemovedReference(Digest Digest, Tag? Tag = null);

/// <summary>Why something was not removed.</summary>
/// <param name="Digest">The image; null if unknown.</param>
/// <param name="Reason">The reason, with the registry's error code: <c>ImageReferencedByManifestList</c>.</param>
internal sealed record RemovalFailure(Digest? Digest, string Reason);
