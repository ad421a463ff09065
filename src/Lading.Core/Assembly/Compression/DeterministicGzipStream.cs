using System.Buffers.Binary;

namespace Lading.Assembly.Compression;

/// <summary>
/// Writes gzip (RFC 1952, 1951) whose bytes depend on the data alone. The compressors that come with systems and runtimes
/// differ by version and processor, and with them would differ the digest of a layer; so this one is written out here.
/// </summary>
internal sealed class DeterministicGzipStream : Stream
{
    /// <summary>Compressed at once: the output must not depend on how the data is cut into writes.</summary>
    private const int Chunk = 256 * 1024;

    private const int ChainLimit = 24;
    private const int GoodLength = 32;
    private readonly Stream target;
    private readonly BitWriter bits = new();
    private readonly BlockWriter blocks;
    private readonly TokenBlock block = new();
    private readonly MatchFinder matches = new(ChainLimit);
    private readonly Crc32 crc = new();
    private readonly byte[] buffer = new byte[MatchFinder.Window + Chunk];
    private int history;
    private int filled;
    private uint size;
    private bool isFinished;

    /// <param name="target">Gets the compressed bytes; stays open.</param>
    public DeterministicGzipStream(Stream target)
    {
        this.target = target;
        blocks = new BlockWriter(bits);

        // No name, no time, the fastest-or-best hint unset, and an operating system that is not told.
        bits.WriteBytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]);
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
            var length = Take(buffer.Span);
            buffer = buffer[length..];
            if (filled == this.buffer.Length)
            {
                Compress();
                await EmptyAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Ends the data. Nothing can be written after.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (isFinished)
        {
            return;
        }

        isFinished = true;
        Compress();
        blocks.WriteEnd();
        var trailer = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, crc.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(4), size);
        bits.WriteBytes(trailer);
        await EmptyAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private int Take(ReadOnlySpan<byte> bytes)
    {
        var length = Math.Min(bytes.Length, buffer.Length - filled);
        bytes[..length].CopyTo(buffer.AsSpan(filled));
        crc.Append(bytes[..length]);
        size += (uint)length;
        filled += length;
        return length;
    }

    /// <summary>Compresses what is new in the buffer, and keeps its end as history for what follows.</summary>
    private void Compress()
    {
        var data = buffer.AsSpan(0, filled);
        var start = history;
        var position = history;
        while (position < data.Length)
        {
            position = Step(data, position);
            if (block.IsFull)
            {
                WriteBlock(data[start..position]);
                start = position;
            }
        }

        if (block.Count > 0)
        {
            WriteBlock(data[start..]);
        }

        history = Math.Min(filled, MatchFinder.Window);
        var shift = filled - history;
        data[shift..].CopyTo(buffer);
        matches.Shift(shift);
        filled = history;
    }

    /// <summary>One token: a literal, or a match unless the next position has a better one.</summary>
    private int Step(ReadOnlySpan<byte> data, int position)
    {
        var (length, distance) = FindAt(data, position, 3);
        if (length == 0)
        {
            block.AddLiteral(data[position]);
            return position + 1;
        }

        var inserted = position + 1;
        if (length < GoodLength)
        {
            var (next, nextDistance) = FindAt(data, position + 1, length);
            inserted++;
            if (next > 0 && !IsLastFree)
            {
                block.AddLiteral(data[position]);
                position++;
                (length, distance) = (next, nextDistance);
            }
        }

        block.AddMatch(length, distance);
        var end = position + length;
        for (var at = inserted; at < end && at + 4 <= data.Length; at++)
        {
            _ = matches.Insert(data, at);
        }

        return end;
    }

    private bool IsLastFree => block.Count == TokenBlock.Capacity - 1;

    private (int Length, int Distance) FindAt(ReadOnlySpan<byte> data, int position, int longerThan) =>
        position + 4 > data.Length ? (0, 0) : matches.Find(data, position, matches.Insert(data, position), longerThan);

    private void WriteBlock(ReadOnlySpan<byte> bytes)
    {
        block.Finish();
        blocks.Write(block, bytes);
        block.Clear();
    }

    private async Task EmptyAsync(CancellationToken cancellationToken)
    {
        await target.WriteAsync(bits.Written, cancellationToken).ConfigureAwait(false);
        bits.Clear();
    }
}
