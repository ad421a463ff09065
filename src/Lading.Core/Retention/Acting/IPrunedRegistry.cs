using Lading.Oci;

namespace Lading.Retention.Acting;

/// <summary>A registry that images are removed from many at a time.</summary>
internal interface IPrunedRegistry : IImageRegistry
{
    /// <summary>Removes tags, each only from the image that it is given with, and untagged manifests, in one call; an image goes with its last tag.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="references">At most 100.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What stayed, and why; what was gone already is not a failure.</returns>
    /// <exception cref="LadingException">The call is refused.</exception>
    Task<IReadOnlyList<RemovalFailure>> RemoveAsync(
        RepositoryName repository,
        IReadOnlyList<RemovedReference> references,
        CancellationToken cancellationToken
    );

    /// <summary>Sends an image to the archive: it cannot be pulled from now on, until it is restored.</summary>
    /// <exception cref="LadingException">It is refused.</exception>
    Task ArchiveAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken);

    /// <summary>How far this machine's clock is ahead of the registry's; null if it does not tell.</summary>
    Task<TimeSpan?> GetClockLeadAsync(CancellationToken cancellationToken);

    /// <summary>Who acts there, as the registry knows them: an ARN.</summary>
    Task<string> GetCallerAsync(CancellationToken cancellationToken);
}

/// <summary>What is removed: a tag of an image, which may have moved to another meanwhile and then stays; or an untagged image.</summary>
/// <param name="Digest">The image.</param>
/// <param name="Tag">The tag; null for the image itself.</param>
internal sealed record RemovedReference(Digest Digest, Tag? Tag = null);

/// <summary>Why something was not removed.</summary>
/// <param name="Digest">The image; null if the registry does not say.</param>
/// <param name="Reason">Why not, with the registry's own code: <c>ImageReferencedByManifestList</c>.</param>
internal sealed record RemovalFailure(Digest? Digest, string Reason);
