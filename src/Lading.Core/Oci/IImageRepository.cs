namespace Lading.Oci;

/// <summary>A repository that images can be written to as well.</summary>
internal interface IImageRepository : IReadableRepository
{
    /// <summary>Looks for blobs that are about to be stored, with as few calls as the registry allows (ECR: one for 100).</summary>
    /// <param name="blobs">The blobs.</param>
    /// <param name="canMount">Whether they may be taken over from a repository of the same registry, which finds out by itself.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<HeldBlobs> FindBlobsAsync(
        IReadOnlyCollection<Descriptor> blobs,
        bool canMount,
        CancellationToken cancellationToken
    ) => Task.FromResult(HeldBlobs.Unknown);

    /// <summary>Stores a blob, mounting it where that is possible; does nothing if it is here already.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="progress">Told the bytes moved, as they move; null if nobody looks.</param>
    /// <param name="cancellationToken">Ends the upload; nothing half-written stays visible.</param>
    Task<BlobOutcome> PutBlobAsync(ReadableBlob blob, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>Stores a manifest whose blobs and children are here already, under a tag where one is given, else by digest alone.</summary>
    /// <exception cref="TagIsTakenException">The tag is immutable here and points to another digest.</exception>
    /// <exception cref="BlobIsMissingException">A blob or child is not here, whatever was said before.</exception>
    Task PutManifestAsync(ManifestContent manifest, Tag? tag, CancellationToken cancellationToken);

    /// <summary>Removes a tag alone, or a manifest with all tags that point to it. Blobs stay, for whoever cleans up.</summary>
    /// <returns>False if it is not here.</returns>
    /// <exception cref="LadingException">It is not to be removed here, or in this way.</exception>
    Task<bool> DeleteAsync(ManifestReference reference, CancellationToken cancellationToken);
}
