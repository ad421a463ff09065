using System.Buffers;
using System.IO.Compression;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>
/// A layer of a Docker archive. <c>docker save</c> writes plain tar files, or the pulled form if containerd stores the images; other
/// programs compress them too. Compressed layers are kept as they are, and compared with their diff id, except for zstd, which .NET 10
/// cannot read.
/// </summary>
/// <param name="contents">The archive.</param>
/// <param name="name">Its file in the archive.</param>
/// <param name="diffId">The digest of the layer's tar, from the image's configuration.</param>
internal sealed class DockerArchiveLayer(TarContents contents, string name, Digest diffId)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Recognized by the first bytes, as Docker does.</summary>
    private static readonly Compression[] Compressions =
    [
        new([0x1f, 0x8b], "gzip", MediaTypes.OciLayerGzip),
        new([0x28, 0xb5, 0x2f, 0xfd], "zstd", MediaTypes.OciLayerZstd),
        // A skippable frame may come first, with one of sixteen magic numbers (RFC 8878, section 3.1.2).
        .. Enumerable
            .Range(0x50, 16)
            .Select(first => new Compression([(byte)first, 0x2a, 0x4d, 0x18], "zstd", MediaTypes.OciLayerZstd)),
        new([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "xz", null),
        new([0x42, 0x5a, 0x68], "bzip2", null),
    ];

    /// <summary>Imports the layer into a layout.</summary>
    /// <param name="target">The layout.</param>
    /// <param name="work">A temporary folder for the layer.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="FormatException">It is missing, does not match the configuration, or has a form that registries do not support.</exception>
    public async Task<Descriptor> TakeAsync(ImageLayout target, string work, CancellationToken cancellationToken)
    {
        var path = Path.Combine(work, Guid.NewGuid().ToString("N"));
        var mediaType = await WriteAsync(path, cancellationToken).ConfigureAwait(false);
        var file = File.OpenRead(path);
        Descriptor layer;
        await using (file.ConfigureAwait(false))
        {
            layer = new Descriptor
            {
                MediaType = mediaType,
                Digest = await CopyAsync(file, Stream.Null, DigestAlgorithm.Sha256, cancellationToken)
                    .ConfigureAwait(false),
                Size = file.Length,
            };
        }

        var blob = new ReadableBlob(layer, _ => Task.FromResult<Stream>(File.OpenRead(path)));
        await target.PutBlobAsync(blob, null, cancellationToken).ConfigureAwait(false);
        File.Delete(path);
        return layer;
    }

    /// <returns>The media type in the layout.</returns>
    private async Task<string> WriteAsync(string path, CancellationToken cancellationToken)
    {
        var compression = await FindCompressionAsync(cancellationToken).ConfigureAwait(false);
        if (compression is { MediaType: null })
        {
            throw new FormatException(
                $"{name} is compressed with {compression.Name}, a kind of layer that registries do not know"
            );
        }

        var source = Open();
        await using (source.ConfigureAwait(false))
        {
            var file = File.Create(path);
            await using (file.ConfigureAwait(false))
            {
                if (compression is null)
                {
                    // Speed matters here rather than equal bytes: engine builds differ anyway.
                    var gzip = new GZipStream(file, CompressionLevel.Fastest);
                    await using (gzip.ConfigureAwait(false))
                    {
                        Check(await CopyAsync(source, gzip, diffId.Algorithm, cancellationToken).ConfigureAwait(false));
                    }

                    return MediaTypes.OciLayerGzip;
                }

                await source.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
                if (compression.MediaType == MediaTypes.OciLayerGzip)
                {
                    await CheckGzipAsync(file, cancellationToken).ConfigureAwait(false);
                }

                return compression.MediaType;
            }
        }
    }

    private Stream Open() =>
        contents.OpenFile(name) ?? throw new FormatException($"it lacks {name}, which its manifest.json names");

    private async Task<Compression?> FindCompressionAsync(CancellationToken cancellationToken)
    {
        var start = new byte[TarMark.Offset + TarMark.Bytes.Length];
        var source = Open();
        int length;
        await using (source.ConfigureAwait(false))
        {
            length = await source.ReadAtLeastAsync(start, start.Length, false, cancellationToken).ConfigureAwait(false);
        }

        // The first file of a plain layer may have any name, even one that begins like a compressed file.
        return start.AsSpan(TarMark.Offset).SequenceEqual(TarMark.Bytes)
            ? null
            : Array.Find(Compressions, known => known.Begins(start.AsSpan(0, length)));
    }

    private async Task CheckGzipAsync(FileStream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        try
        {
            var plain = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            await using (plain.ConfigureAwait(false))
            {
                Check(await CopyAsync(plain, Stream.Null, diffId.Algorithm, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (InvalidDataException e)
        {
            throw new FormatException($"{name} is broken: {e.Message}", e);
        }
    }

    private void Check(Digest actual)
    {
        if (actual != diffId)
        {
            throw new FormatException($"{name} holds {actual}, and the image's configuration says {diffId}");
        }
    }

    /// <returns>The digest of everything copied.</returns>
    private static async Task<Digest> CopyAsync(
        Stream from,
        Stream to,
        DigestAlgorithm algorithm,
        CancellationToken cancellationToken
    )
    {
        using var hash = algorithm.NewHash();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Digest.OfHash(algorithm, hash.GetHashAndReset());
    }

    /// <param name="Start">The first bytes.</param>
    /// <param name="Name">Its name, for messages.</param>
    /// <param name="MediaType">Null if OCI does not have one.</param>
    private sealed record Compression(byte[] Start, string Name, string? MediaType)
    {
        public bool Begins(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Start);
    }

    /// <summary>The magic in a tar's header (POSIX.1-2001; GNU's begins the same way).</summary>
    private static class TarMark
    {
        public const int Offset = 257;

        public static ReadOnlySpan<byte> Bytes => "ustar"u8;
    }
}
