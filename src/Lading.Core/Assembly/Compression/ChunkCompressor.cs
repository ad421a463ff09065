namespace Lading.Assembly.Compression;

/// <summary>
/// Compresses one chunk of the data, with the end of the previous chunk as history. The output depends on these bytes alone, so chunks
/// can be compressed concurrently and the result does not depend on the number of processors.
/// </summary>
internal sealed class ChunkCompressor
{
    /// <summary>Large compared with the history, which each chunk processes again.</summary>
    public const int ChunkSize = 512 * 1024;

    private const int ChainLimit = 24;
    private const int GoodLength = 32;
    private readonly byte[] data = new byte[MatchFinder.Window + ChunkSize];
    private readonly BitWriter bits = new();
    private readonly TokenBlock block = new();
    private readonly MatchFinder matches = new(ChainLimit);
    private readonly BlockWriter blocks;
    private int start;
    private int end;

    public ChunkCompressor() => blocks = new BlockWriter(bits);

    /// <summary>True if the chunk is full.</summary>
    public bool IsFull => end == data.Length;

    /// <summary>The compressed bytes; they must be written before the next <see cref="Follow"/>.</summary>
    public ReadOnlyMemory<byte> Output => bits.Written;

    /// <summary>Begins a chunk after a previous one, or the first chunk for null.</summary>
    public void Follow(ChunkCompressor? before)
    {
        bits.Clear();
        var history = before is null ? [] : before.data.AsSpan(0, before.end);
        history = history[Math.Max(0, history.Length - MatchFinder.Window)..];
        history.CopyTo(data);
        (start, end) = (history.Length, history.Length);
    }

    /// <summary>Adds bytes to the chunk.</summary>
    /// <returns>How many of them were added.</returns>
    public int Add(ReadOnlySpan<byte> bytes)
    {
        var length = Math.Min(bytes.Length, data.Length - end);
        bytes[..length].CopyTo(data.AsSpan(end));
        end += length;
        return length;
    }

    /// <summary>Compresses the chunk. The output ends at a whole byte, so that the next chunk's can follow it.</summary>
    public void Compress()
    {
        ReadOnlySpan<byte> bytes = data.AsSpan(0, end);
        matches.Forget();
        for (var at = 0; at < start && at + MatchFinder.HashedBytes <= bytes.Length; at++)
        {
            _ = matches.Insert(bytes, at);
        }

        var blockStart = start;
        for (var at = start; at < bytes.Length; )
        {
            at = Step(bytes, at);
            if (block.IsFull)
            {
                WriteBlock(bytes[blockStart..at]);
                blockStart = at;
            }
        }

        if (block.Count > 0)
        {
            WriteBlock(bytes[blockStart..]);
        }

        blocks.WriteBoundary();
    }

    /// <summary>One token: a literal, or a match unless the next position has a better one.</summary>
    private int Step(ReadOnlySpan<byte> bytes, int position)
    {
        var (length, distance) = FindAt(bytes, position, 3);
        if (length == 0)
        {
            block.AddLiteral(bytes[position]);
            return position + 1;
        }

        var inserted = position + 1;
        if (length < GoodLength && block.Count < TokenBlock.Capacity - 1)
        {
            var (next, nextDistance) = FindAt(bytes, position + 1, length);
            inserted++;
            if (next > 0)
            {
                block.AddLiteral(bytes[position]);
                position++;
                (length, distance) = (next, nextDistance);
            }
        }

        block.AddMatch(length, distance);
        var after = position + length;
        var last = Math.Min(after, bytes.Length - MatchFinder.HashedBytes + 1);
        for (var at = inserted; at < last; at++)
        {
            _ = matches.Insert(bytes, at);
        }

        return after;
    }

    private (int Length, int Distance) FindAt(ReadOnlySpan<byte> bytes, int position, int longerThan) =>
        position + MatchFinder.HashedBytes > bytes.Length
            ? (0, 0)
            : matches.Find(bytes, position, matches.Insert(bytes, position), longerThan);

    private void WriteBlock(ReadOnlySpan<byte> bytes)
    {
        block.Finish();
        blocks.Write(block, bytes);
        block.Clear();
    }
}
