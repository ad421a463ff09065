using System.Buffers.Binary;

namespace Lading.Assembly.Compression;

/// <summary>
/// Writes gzip (RFC 1952, 1951) whose bytes depend on the data alone. The output of system and runtime compressors
/// differs by version and processor, which would change the digests of layers. Chunks are compressed concurrently and
/// written in order.
/// </summary>
internal sealed class DeterministicGzipStream : Stream
{
    private const int MaxParallelism = 16;
    private readonly Stream target;
    private readonly int parallelism;
    private readonly Queue<(ChunkCompressor Chunk, Task Work)> running = new();
    private readonly Stack<ChunkCompressor> idle = new();
    private readonly Crc32 crc = new();
    private ChunkCompressor current = new();
    private uint size;
    private bool hasHeader;
    private bool isFinished;

    /// <param name="target">Receives the compressed bytes; stays open.</param>
    /// <param name="parallelism">How many chunks are compressed concurrently; null for one per processor. The bytes are always the same.</param>
    public DeterministicGzipStream(Stream target, int? parallelism = null)
    {
        this.target = target;
        this.parallelism = parallelism ?? Math.Min(Environment.ProcessorCount, MaxParallelism);
        current.Follow(null);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        while (!buffer.IsEmpty)
        {
            if (current.IsFull)
            {
                var chunk = current;
                await StartAsync(chunk, cancellationToken).ConfigureAwait(false);
                current = idle.TryPop(out var free) ? free : new ChunkCompressor();
                current.Follow(chunk);
            }

            var taken = current.Add(buffer.Span);
            crc.Append(buffer.Span[..taken]);
            size += (uint)taken;
            buffer = buffer[taken..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Ends the data. Nothing can be written afterwards.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (isFinished)
        {
            return;
        }

        isFinished = true;
        await StartAsync(current, cancellationToken).ConfigureAwait(false);
        while (running.Count > 0)
        {
            await WriteNextAsync(cancellationToken).ConfigureAwait(false);
        }

        // An empty last block with the fixed codes, followed by the trailer of RFC 1952.
        var end = new byte[10];
        end[0] = 3;
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(2), crc.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(6), size);
        await target.WriteAsync(end, cancellationToken).ConfigureAwait(false);
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>
    /// Starts to compress a chunk. Its compressor is not reused before the next chunk has started, which needs the end
    /// of this one as history.
    /// </summary>
    private async Task StartAsync(ChunkCompressor chunk, CancellationToken cancellationToken)
    {
        running.Enqueue((chunk, Task.Run(chunk.Compress, cancellationToken)));
        while (running.Count > parallelism)
        {
            await WriteNextAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteNextAsync(CancellationToken cancellationToken)
    {
        var (chunk, work) = running.Dequeue();
        await work.ConfigureAwait(false);
        if (!hasHeader)
        {
            // No name, no time, no compression hint, and an unknown operating system.
            byte[] header = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255];
            await target.WriteAsync(header, cancellationToken).ConfigureAwait(false);
            hasHeader = true;
        }

        await target.WriteAsync(chunk.Output, cancellationToken).ConfigureAwait(false);
        idle.Push(chunk);
    }
}
