using System.Buffers.Binary;

namespace Lading.Assembly.Compression;

/// <summary>Finds earlier occurrences of what comes next within 32 KiB, through chains of positions with the same four bytes.</summary>
internal sealed class MatchFinder
{
    public const int Window = 32 * 1024;
    public const int LongestMatch = 258;
    private const int HashBits = 15;
    private const int Mask = Window - 1;
    private readonly int[] heads = new int[1 << HashBits];
    private readonly int[] previous = new int[Window];
    private readonly int chainLimit;

    /// <param name="chainLimit">How many candidates are looked at for one position.</param>
    public MatchFinder(int chainLimit)
    {
        this.chainLimit = chainLimit;
        Forget();
    }

    /// <summary>Forgets all positions.</summary>
    public void Forget() => Array.Fill(heads, int.MinValue);

    /// <summary>After the buffer was moved down: all positions are lower by so much.</summary>
    public void Shift(int by)
    {
        for (var i = 0; i < heads.Length; i++)
        {
            heads[i] = heads[i] < by ? int.MinValue : heads[i] - by;
        }

        for (var i = 0; i < previous.Length; i++)
        {
            previous[i] = previous[i] < by ? int.MinValue : previous[i] - by;
        }
    }

    /// <summary>Makes a position known; there must be four bytes at it.</summary>
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
        for (var tries = chainLimit; tries > 0 && candidate >= 0 && position - candidate <= Window - 1; tries--)
        {
            // A longer match must agree where the best one so far ended.
            if (best < ahead.Length && buffer[candidate + best] == ahead[best])
            {
                var length = buffer[candidate..].CommonPrefixLength(ahead);
                if (length > best)
                {
                    (best, distance) = (length, position - candidate);
                    if (length == ahead.Length)
                    {
                        break;
                    }
                }
            }

            candidate = previous[candidate & Mask];
        }

        return distance == 0 ? (0, 0) : (best, distance);
    }

    private static int Hash(ReadOnlySpan<byte> bytes) =>
        (int)((BinaryPrimitives.ReadUInt32LittleEndian(bytes) * 2654435761u) >> (32 - HashBits));
}
