using System.Buffers.Binary;

namespace Lading.Assembly.Compression;

/// <summary>Finds earlier occurrences of the next bytes within 32 KiB, through chains of positions with the same four bytes.</summary>
internal sealed class MatchFinder
{
    public const int Window = 32 * 1024;
    public const int LongestMatch = 258;
    public const int HashedBytes = 4;
    private const int HashBits = 15;
    private const int Mask = Window - 1;
    private readonly int[] heads = new int[1 << HashBits];
    private readonly int[] previous = new int[Window];
    private readonly int chainLimit;

    /// <param name="chainLimit">The maximum number of candidates to try for one position.</param>
    public MatchFinder(int chainLimit) => this.chainLimit = chainLimit;

    /// <summary>Removes all positions; must be called before the first one is added.</summary>
    public void Forget() => Array.Fill(heads, -1);

    /// <summary>Adds a position; four bytes must follow it.</summary>
    /// <returns>The most recent position with the same hash; negative for none.</returns>
    public int Insert(ReadOnlySpan<byte> buffer, int position)
    {
        ref var head = ref heads[Hash(buffer[position..])];
        var candidate = head;
        previous[position & Mask] = candidate;
        head = position;
        return candidate;
    }

    /// <summary>The longest match at a position among a chain of candidates, if it is longer than <paramref name="longerThan"/>.</summary>
    /// <returns>Length and distance; length 0 for none.</returns>
    public (int Length, int Distance) Find(ReadOnlySpan<byte> buffer, int position, int candidate, int longerThan)
    {
        var ahead = buffer.Slice(position, Math.Min(LongestMatch, buffer.Length - position));
        var (best, distance) = (longerThan, 0);
        if (best >= ahead.Length)
        {
            return (0, 0);
        }

        var end = Word(ahead, best - 3);
        for (var tries = chainLimit; tries > 0 && candidate >= 0 && position - candidate < Window; tries--)
        {
            // A longer match must agree at the end of the best one so far, and one byte further.
            if (Word(buffer, candidate + best - 3) == end)
            {
                var length = buffer[candidate..].CommonPrefixLength(ahead);
                if (length > best)
                {
                    (best, distance) = (length, position - candidate);
                    if (length == ahead.Length)
                    {
                        break;
                    }

                    end = Word(ahead, best - 3);
                }
            }

            candidate = previous[candidate & Mask];
        }

        return distance == 0 ? (0, 0) : (best, distance);
    }

    private static int Hash(ReadOnlySpan<byte> bytes) => (int)((Word(bytes, 0) * 2654435761u) >> (32 - HashBits));

    private static uint Word(ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(at, sizeof(uint)));
}
