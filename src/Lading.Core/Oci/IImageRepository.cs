namespace Lading.Oci;

/// <summary>A repository that images can also be written to.</summary>
internal interface IImageRepository : IReadableRepository
{
    /// <summary>Looks up blobs that will be stored, with as few calls as the registry allows (ECR: one for 100).</summary>
    /// <param name="blobs">The blobs.</param>
    /// <param name="canMount">Whether they may be mounted from a repository of the same registry, which checks that itself.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    Task<HeldBlobs> FindBlobsAsync(
        IReadOnlyCollection<Descriptor> blobs,
        bool canMount,
        CancellationToken cancellationToken
    ) => Task.FromResult(HeldBlobs.Unknown);

    /// <summary>Stores a blob, mounting it if possible; does nothing if the repository has it.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="progress">Receives the number of bytes as they move; null for none.</param>
    /// <param name="cancellationToken">Cancels the upload; nothing half-written stays visible.</param>
    Task<BlobOutcome> PutBlobAsync(ReadableBlob blob, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a manifest whose blobs and children are stored already, under a tag if one is given, otherwise by digest
    /// alone.
    /// </summary>
    /// <exception cref="TagIsTakenException">The tag is immutable and points to another digest.</exception>
    /// <exception cref="BlobIsMissingException">A blob or child is missing, whatever was known before.</exception>
    Task PutManifestAsync(ManifestContent manifest, Tag? tag, CancellationToken cancellationToken);

    /// <summary>Removes a single tag, or a manifest with all its tags. Blobs stay, for a later clean-up.</summary>
    /// <returns>False if it does not exist.</returns>
    /// <exception cref="LadingException">The registry cannot remove it, or not in this way.</exception>
    Task<bool> DeleteAsync(ManifestReference reference, CancellationToken cancellationToken);
}
