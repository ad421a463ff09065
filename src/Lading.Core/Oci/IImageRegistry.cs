namespace Lading.Oci;

/// <summary>A registry: the embedded one, ECR, or any that speaks the OCI distribution protocol.</summary>
internal interface IImageRegistry : IDisposable
{
    /// <summary>What people call it: a host name, or <c>embedded</c>.</summary>
    string Display { get; }

    /// <summary>What registries of its kind bound; null for nothing that is known.</summary>
    RegistryLimits? Limits => null;

    /// <summary>The command that makes an archived image one that can be pulled; null where nothing is archived.</summary>
    string? RemedyForArchived(RepositoryName repository, Digest digest) => null;

    /// <summary>The command that keeps the tags of a repository where they are; null where there is none.</summary>
    string? RemedyForMovingTags(RepositoryName repository) => null;

    /// <summary>Begins what the first question would wait for, such as credentials, and returns at once. How that went, the question tells.</summary>
    void Prepare() { }

    /// <summary>A repository of it; asks nothing.</summary>
    IImageRepository Open(RepositoryName name);

    /// <summary>
    /// Looks some tags and digests of one repository up, with as few calls as the registry allows (ECR: one for 100). What is
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

    /// <summary>Which tags of a repository may move; null where it does not exist, or the registry does not tell.</summary>
    Task<RepositorySettings?> FindSettingsAsync(RepositoryName repository, CancellationToken cancellationToken);

    /// <summary>Creates a repository; one that exists is left as it is. Does nothing where pushing creates them.</summary>
    Task CreateRepositoryAsync(
        RepositoryName repository,
        RepositorySettings settings,
        CancellationToken cancellationToken
    );
}
