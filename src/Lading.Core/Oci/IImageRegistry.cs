namespace Lading.Oci;

/// <summary>A registry: the embedded one, ECR, or any that speaks the OCI distribution protocol.</summary>
internal interface IImageRegistry : IDisposable
{
    /// <summary>What people call it: a host name, or <c>embedded</c>.</summary>
    string Display { get; }

    /// <summary>What registries of its kind bound; null for nothing that is known.</summary>
    RegistryLimits? Limits => null;

    /// <summary>The command that makes an archived image one that can be pulled; null if nothing is archived.</summary>
    string? RemedyForArchived(RepositoryName repository, Digest digest) => null;

    /// <summary>The command that keeps the tags of a repository where they are; null if there is none.</summary>
    string? RemedyForMovingTags(RepositoryName repository) => null;

    /// <summary>Whether it tells all tags of an image in one call, so that marks for deletion are seen.</summary>
    bool TellsTags => false;

    /// <summary>Begins what the first question would wait for, such as credentials, and returns at once. How that went, the question tells.</summary>
    void Prepare() { }

    /// <summary>Keeps images from being removed here until what it returns is disposed of, where that can be: in the embedded registry.</summary>
    /// <param name="verb">Who works with them: <c>publish</c>.</param>
    /// <param name="cancellationToken">Ends the wait for a removal under way.</param>
    Task<IDisposable?> StayAsync(string verb, CancellationToken cancellationToken) =>
        Task.FromResult<IDisposable?>(null);

    /// <summary>A repository of it; asks nothing.</summary>
    IImageRepository Open(RepositoryName name);

    /// <summary>
    /// Looks up some tags and digests of one repository, with as few calls as the registry allows (ECR: one for 100). What is
    /// not there is not in the answer.
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

    /// <summary>Begins to restore an archived image; it can be pulled some time later. Does nothing if nothing is archived.</summary>
    /// <exception cref="LadingException">It is refused.</exception>
    Task RestoreAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Which tags of a repository may move; null if it does not exist, or the registry does not tell.</summary>
    Task<RepositorySettings?> FindSettingsAsync(RepositoryName repository, CancellationToken cancellationToken);

    /// <summary>Creates a repository; one that exists is left as it is. Does nothing if pushing creates them.</summary>
    Task CreateRepositoryAsync(
        RepositoryName repository,
        RepositorySettings settings,
        CancellationToken cancellationToken
    );
}

/// <summary>What a kind of registry bounds.</summary>
/// <param name="Kind">What people call it: <c>ECR</c>.</param>
/// <param name="TagsOfAnImage">The most tags that one image may have.</param>
internal sealed record RegistryLimits(string Kind, int TagsOfAnImage);

/// <summary>What a look-up of tags and digests in a repository found.</summary>
/// <param name="Exists">Whether the repository exists. Registries that create repositories on push say true.</param>
/// <param name="Images">The images found, by the tag or digest that was asked for.</param>
internal sealed record RepositoryContents(bool Exists, IReadOnlyDictionary<ManifestReference, FoundImage> Images);

/// <summary>An image that a registry has under a tag.</summary>
/// <param name="Digest">Of its manifest or index.</param>
/// <param name="MediaType">Of its manifest or index.</param>
/// <param name="Tags">
/// All tags that point to this digest, in byte order, where the registry says so in the same answer (ECR, embedded); null
/// where finding out takes further calls: <see cref="IImageRegistry.FindTagsOfAsync"/>.
/// </param>
/// <param name="IsArchived">True if the image must be restored before it can be pulled (ECR storage class ARCHIVE).</param>
internal sealed record FoundImage(Digest Digest, string MediaType, IReadOnlyList<Tag>? Tags, bool IsArchived = false);
