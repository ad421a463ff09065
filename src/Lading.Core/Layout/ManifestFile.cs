using Lading.Oci;

namespace Lading.Layout;

/// <summary>Manifests among the blobs of a layout: verified when read, and complete when stored.</summary>
internal static class ManifestFile
{
    /// <summary>Reads a manifest.</summary>
    /// <param name="blobs">The blobs of the layout.</param>
    /// <param name="digest">Its digest.</param>
    /// <param name="mediaType">The media type in the layout's index; null if the index does not list it, and it may be another kind of blob.</param>
    /// <param name="origin">The repository of the blobs, for errors.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>Null if there is none, or if it is a blob that is not a manifest.</returns>
    /// <exception cref="ContentMismatchException">The file's content does not match its name.</exception>
    public static async Task<ManifestContent?> ReadAsync(
        BlobFolder blobs,
        Digest digest,
        string? mediaType,
        string origin,
        CancellationToken cancellationToken
    )
    {
        var file = blobs.Open(digest);
        if (file is null)
        {
            return null;
        }

        await using (file.ConfigureAwait(false))
        {
            if (mediaType is null && file.Length > ManifestContent.MaximumSize)
            {
                return null;
            }

            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            return Read(bytes, digest, mediaType, origin);
        }
    }

    /// <summary>
    /// A manifest is accepted only after everything it refers to is on disk with the stated size, so that a tag always has its complete
    /// image.
    /// </summary>
    /// <exception cref="BlobIsMissingException">The layout lacks one.</exception>
    /// <exception cref="WrongSizeException">One has another size.</exception>
    public static void RequireComplete(BlobFolder blobs, ManifestContent manifest, string origin)
    {
        foreach (
            var needed in manifest
                .Blobs.Where(blob => !MediaTypes.IsNonDistributable(blob.MediaType))
                .Concat(manifest.Children)
        )
        {
            var size =
                blobs.FindFlushed(needed.Digest)
                ?? throw new BlobIsMissingException(manifest.Digest, needed.Digest, origin);
            if (size != needed.Size)
            {
                throw new WrongSizeException(manifest.Digest, needed, size);
            }
        }
    }

    private static ManifestContent? Read(byte[] bytes, Digest digest, string? mediaType, string origin)
    {
        var actual = Digest.OfBytes(bytes, digest.Algorithm);
        if (mediaType is not null && actual != digest)
        {
            throw new ContentMismatchException(
                new Descriptor
                {
                    MediaType = mediaType,
                    Digest = digest,
                    Size = bytes.Length,
                },
                origin,
                $"its bytes have the digest {actual}"
            );
        }

        try
        {
            var content = ManifestContent.Parse(bytes, mediaType, digest.Algorithm);
            var isManifest = mediaType is not null || content.Document.SchemaVersion == 2;
            return isManifest && actual == digest ? content : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
