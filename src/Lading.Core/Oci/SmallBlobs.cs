namespace Lading.Oci;

/// <summary>Reads small blobs, such as configurations, into memory, and stores them from there.</summary>
internal static class SmallBlobs
{
    /// <summary>In bytes; more than any configuration needs.</summary>
    private const int Largest = 32 * 1024 * 1024;

    /// <summary>Reads a blob, verified; a corrupt transfer is retried once.</summary>
    /// <exception cref="LadingException">It does not exist, could not be read, or is too large.</exception>
    public static async Task<byte[]> ReadBlobAsync(
        this IReadableRepository repository,
        Descriptor blob,
        CancellationToken cancellationToken
    )
    {
        if (blob.Size is < 0 or > Largest)
        {
            throw new LadingException(
                $"Could not read blob {blob.Digest} of {repository.Display}",
                $"it has {blob.Size} bytes, more than anything of its kind has"
            );
        }

        try
        {
            return await ReadOnceAsync(repository, blob, cancellationToken).ConfigureAwait(false);
        }
        catch (ContentMismatchException)
        {
            return await ReadOnceAsync(repository, blob, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stores bytes as a blob.</summary>
    /// <returns>Its descriptor.</returns>
    public static async Task<Descriptor> PutBlobAsync(
        this IImageRepository repository,
        string mediaType,
        byte[] bytes,
        CancellationToken cancellationToken
    )
    {
        var blob = new Descriptor
        {
            MediaType = mediaType,
            Digest = Digest.OfBytes(bytes),
            Size = bytes.Length,
        };
        var source = new ReadableBlob(blob, _ => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false)));
        await repository.PutBlobAsync(source, null, cancellationToken).ConfigureAwait(false);
        return blob;
    }

    private static async Task<byte[]> ReadOnceAsync(
        IReadableRepository repository,
        Descriptor blob,
        CancellationToken cancellationToken
    )
    {
        var stream = await repository.OpenBlobAsync(blob, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var bytes = new MemoryStream((int)blob.Size);
            await stream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
            return bytes.ToArray();
        }
    }
}
