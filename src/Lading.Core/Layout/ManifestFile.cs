using Lading.Oci;

namespace Lading.Layout;

/// <summary>Manifests among the blobs of a layout: read verified, and taken whole.</summary>
internal static class ManifestFile
{
    /// <summary>Reads one.</summary>
    /// <param name="blobs">Where it is.</param>
    /// <param name="digest">What names it.</param>
    /// <param name="mediaType">What the layout's index says of it; null if the index does not name it, and it may be a blob of another kind.</param>
    /// <param name="origin">Whose blobs they are, for the error.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null if there is none, or a blob that is not a manifest.</returns>
    /// <exception cref="ContentMismatchException">The file does not hold what its name says.</exception>
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

    /// <summary>A manifest is taken only after all it names is on the disk, each of the size that it states, so that a tag always has its whole image behind it.</summary>
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
