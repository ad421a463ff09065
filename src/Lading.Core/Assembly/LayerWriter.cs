using System.Buffers;
using Lading.Assembly.Compression;
using Lading.Oci;

namespace Lading.Assembly;

/// <summary>Writes a layer: a tar of its entries, compressed, the same bytes for the same files on every machine.</summary>
internal static class LayerWriter
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Writes a layer into a stream.</summary>
    /// <param name="entries">The entries, in the order to write them.</param>
    /// <param name="target">Receives the compressed bytes.</param>
    /// <param name="cancellationToken">Cancels it; what was written stays in the target.</param>
    public static async Task<WrittenLayer> WriteAsync(
        IReadOnlyList<LayerEntry> entries,
        Stream target,
        CancellationToken cancellationToken
    )
    {
        var compressed = new HashingStream(target);
        await using (compressed.ConfigureAwait(false))
        {
            var gzip = new DeterministicGzipStream(compressed);
            var plain = new HashingStream(gzip);
            foreach (var entry in entries)
            {
                await WriteEntryAsync(entry, plain, cancellationToken).ConfigureAwait(false);
            }

            // Two zero blocks end an archive.
            await plain.WriteAsync(new byte[2 * TarHeader.BlockSize], cancellationToken).ConfigureAwait(false);
            var diffId = plain.Finish();
            await gzip.FinishAsync(cancellationToken).ConfigureAwait(false);
            var size = compressed.Written;
            return new WrittenLayer(
                diffId,
                new Descriptor
                {
                    MediaType = MediaTypes.OciLayerGzip,
                    Digest = compressed.Finish(),
                    Size = size,
                }
            );
        }
    }

    private static async Task WriteEntryAsync(LayerEntry entry, Stream target, CancellationToken cancellationToken)
    {
        if (entry.Source is null)
        {
            await target.WriteAsync(TarHeader.Of(entry, 0), cancellationToken).ConfigureAwait(false);
            return;
        }

        var options = new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0 };
        var file = new FileStream(entry.Source, options);
        await using (file.ConfigureAwait(false))
        {
            var size = file.Length;
            await target.WriteAsync(TarHeader.Of(entry, size), cancellationToken).ConfigureAwait(false);
            var remaining = size;
            var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
            try
            {
                while (remaining > 0)
                {
                    var wanted = (int)Math.Min(buffer.Length, remaining);
                    var read = await file.ReadAsync(buffer.AsMemory(0, wanted), cancellationToken)
                        .ConfigureAwait(false);
                    if (read == 0)
                    {
                        throw new IOException($"{entry.Source} became shorter while it was read.");
                    }

                    await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                    remaining -= read;
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            await target.WriteAsync(new byte[TarHeader.Padding(size)], cancellationToken).ConfigureAwait(false);
        }
    }
}
