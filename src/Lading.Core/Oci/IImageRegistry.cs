namespace Lading.Oci;

/// <summary>A registry: the embedded one, ECR, or any that speaks the OCI distribution protocol.</summary>
internal interface IImageRegistry : IDisposable
{
    /// <summary>Its name in messages: a host, or <c>embedded</c>.</summary>
    string Display { get; }

    /// <summary>The limits of its kind of registry; null if none are known.</summary>
    RegistryLimits? Limits => null;

    /// <summary>The command that restores an archived image; null if nothing is archived.</summary>
    string? RemedyForArchived(RepositoryName repository, Digest digest) => null;

    /// <summary>The command that makes the tags of a repository immutable; null if there is none.</summary>
    string? RemedyForMovingTags(RepositoryName repository) => null;

    /// <summary>Whether a lookup returns all tags of an image, and so its marks for deletion.</summary>
    bool TellsTags => false;

    /// <summary>
    /// Starts what the first request would wait for, such as credentials, and returns at once. An error is reported by the request.
    /// </summary>
    void Prepare() { }

    /// <summary>Keeps images from being removed until the result is disposed of, if the registry can: the embedded one.</summary>
    /// <param name="verb">The purpose: <c>publish</c>.</param>
    /// <param name="cancellationToken">Cancels waiting for a removal in progress.</param>
    Task<IDisposable?> BlockRemovalAsync(string verb, CancellationToken cancellationToken) =>
        Task.FromResult<IDisposable?>(null);

    /// <summary>A repository in it, without any request.</summary>
    IImageRepository Open(RepositoryName name);

    /// <summary>
    /// Looks up tags and digests of one repository, with as few calls as the registry allows (ECR: one for 100). Those that do not
    /// exist are missing from the result.
    /// </summary>
    Task<RepositoryContents> FindImagesAsync(
        RepositoryName repository,
        IReadOnlyCollection<ManifestReference> references,
        CancellationToken cancellationToken
    );

    /// <summary>All tags that point to a digest, in byte order. May take a call for each tag of the repository.</summary>
    Task<IReadOnlyList<Tag>> FindTagsOfAsync(
        RepositoryName repository,
        Digest digest,
        CancellationToken cancellationToken
    );

    /// <summary>Starts to restore an archived image, which can be pulled some time later. Does nothing if nothing is archived.</summary>
    /// <exception cref="LadingException">The registry refuses.</exception>
    Task RestoreAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Which tags of a repository are mutable; null if it does not exist, or that is unknown.</summary>
    Task<RepositorySettings?> FindSettingsAsync(RepositoryName repository, CancellationToken cancellationToken);

    /// <summary>Creates a repository; an existing one is unchanged. Does nothing if pushing creates them.</summary>
    Task CreateRepositoryAsync(
        RepositoryName repository,
        RepositorySettings settings,
        CancellationToken cancellationToken
    );
}

/// <summary>The limits of a kind of registry.</summary>
/// <param name="Kind">Its name in messages: <c>ECR</c>.</param>
/// <param name="TagsOfAnImage">The most tags that one image may have.</param>
internal sealed record RegistryLimits(string Kind, int TagsOfAnImage);

/// <summary>The result of looking up tags and digests in a repository.</summary>
/// <param name="Exists">Whether the repository exists. Registries that create repositories on push say true.</param>
/// <param name="Images">The images that exist, by the requested tag or digest.</param>
internal sealed record RepositoryContents(bool Exists, IReadOnlyDictionary<ManifestReference, FoundImage> Images);

/// <summary>An image that a registry has under a tag.</summary>
/// <param name="Digest">Of its manifest or index.</param>
/// <param name="MediaType">Of its manifest or index.</param>
/// <param name="Tags">All tags that point to this digest, in byte order, if the registry returns them in the same call (ECR, embedded);
/// null if that takes further calls: <see cref="IImageRegistry.FindTagsOfAsync"/>.</param>
/// <param name="IsArchived">True if the image must be restored before it can be pulled (ECR storage class ARCHIVE).</param>
internal sealed record FoundImage(Digest Digest, string MediaType, IReadOnlyList<Tag>? Tags, bool IsArchived = false);
