namespace Lading.Oci;

/// <summary>Artifacts that are one file (image-spec 1.1, "Guidelines for Artifact Usage").</summary>
internal static class FileArtifact
{
    private static readonly byte[] Empty = "{}"u8.ToArray();

    /// <summary>Stores the file as a blob and returns a manifest for it, which the caller puts.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="mediaType">Of the file and of the artifact.</param>
    /// <param name="content">The file.</param>
    /// <param name="subject">The manifest that the artifact refers to; null for none.</param>
    /// <param name="annotations">The annotations of the manifest.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">It could not be stored.</exception>
    public static async Task<ManifestContent> MakeAsync(
        IImageRepository repository,
        string mediaType,
        byte[] content,
        Descriptor? subject,
        SortedDictionary<string, string> annotations,
        CancellationToken cancellationToken
    )
    {
        var layer = await repository.PutBlobAsync(mediaType, content, cancellationToken).ConfigureAwait(false);
        return ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciManifest,
                ArtifactType = mediaType,
                Config = await repository
                    .PutBlobAsync(MediaTypes.OciEmpty, Empty, cancellationToken)
                    .ConfigureAwait(false),
                Layers = [layer],
                Subject = subject is null ? null : subject with { Platform = null, Annotations = null },
                Annotations = annotations,
            }
        );
    }
}
