namespace Lading.Assembly.Compression;

/// <summary>A canonical Huffman code (RFC 1951, section 3.2.2): a length for each symbol, and the bits that follow from the lengths.</summary>
internal sealed class HuffmanCode
{
    private readonly byte[] lengths;
    private readonly ushort[] codes;

    private HuffmanCode(byte[] lengths)
    {
        this.lengths = lengths;
        codes = AssignCodes(lengths);
    }

    /// <summary>0 for a symbol that does not occur.</summary>
    public ReadOnlySpan<byte> Lengths => lengths;

    public void Write(BitWriter writer, int symbol) => writer.Write(codes[symbol], lengths[symbol]);

    /// <summary>The number of bits for these symbols.</summary>
    public long Cost(ReadOnlySpan<int> frequencies)
    {
        var cost = 0L;
        for (var i = 0; i < frequencies.Length; i++)
        {
            cost += (long)frequencies[i] * lengths[i];
        }

        return cost;
    }

    public static HuffmanCode OfLengths(byte[] lengths) => new(lengths);

    /// <summary>
    /// A code for these frequencies with a maximal length: the optimal one unless a length exceeds the maximum. At least two symbols
    /// get a code.
    /// </summary>
    public static HuffmanCode OfFrequencies(ReadOnlySpan<int> frequencies, int limit)
    {
        var lengths = new byte[frequencies.Length];
        var used = new List<(int Frequency, int Symbol)>();
        for (var i = 0; i < frequencies.Length; i++)
        {
            if (frequencies[i] > 0)
            {
                used.Add((frequencies[i], i));
            }
        }

        if (used.Count <= 2)
        {
            // One bit each; decoders require a complete code, so a lone symbol gets a companion.
            foreach (var (_, symbol) in used)
            {
                lengths[symbol] = 1;
            }

            for (var i = 0; used.Count < 2; i++)
            {
                if (lengths[i] == 0)
                {
                    lengths[i] = 1;
                    used.Add((0, i));
                }
            }

            return new HuffmanCode(lengths);
        }

        used.Sort();
        Assign(used, limit, lengths);
        return new HuffmanCode(lengths);
    }

    /// <summary>Counts the codes of each length, cuts them to the maximum, and assigns the longest to the rarest symbols.</summary>
    private static void Assign(List<(int Frequency, int Symbol)> used, int limit, byte[] lengths)
    {
        var counts = CountLengths(used, limit);
        var next = 0;
        for (var length = limit; length > 0; length--)
        {
            for (var i = 0; i < counts[length]; i++)
            {
                lengths[used[next++].Symbol] = (byte)length;
            }
        }
    }

    /// <summary>Huffman's method over sorted leaves: joined nodes appear in order of weight, so two queues are enough. Ties go to leaves.</summary>
    private static int[] CountLengths(List<(int Frequency, int Symbol)> used, int limit)
    {
        var leaves = used.Count;
        var weights = new long[(2 * leaves) - 1];
        var parents = new int[weights.Length];
        var (leaf, joined) = (0, leaves);
        for (var i = 0; i < leaves; i++)
        {
            weights[i] = used[i].Frequency;
        }

        for (var node = leaves; node < weights.Length; node++)
        {
            for (var child = 0; child < 2; child++)
            {
                var isLeaf = leaf < leaves && (joined == node || weights[leaf] <= weights[joined]);
                var taken = isLeaf ? leaf++ : joined++;
                weights[node] += weights[taken];
                parents[taken] = node;
            }
        }

        var depths = new int[weights.Length];
        var counts = new int[limit + 1];
        for (var node = weights.Length - 2; node >= 0; node--)
        {
            depths[node] = depths[parents[node]] + 1;
            if (node < leaves)
            {
                counts[Math.Min(depths[node], limit)]++;
            }
        }

        Cut(counts, limit);
        return counts;
    }

    /// <summary>After codes were cut to the maximum there are too many: a shorter one makes room for two below it until all fit.</summary>
    private static void Cut(int[] counts, int limit)
    {
        var taken = 0L;
        for (var length = 1; length <= limit; length++)
        {
            taken += (long)counts[length] << (limit - length);
        }

        for (; taken > 1L << limit; taken--)
        {
            var length = limit - 1;
            while (counts[length] == 0)
            {
                length--;
            }

            counts[length]--;
            counts[length + 1] += 2;
            counts[limit]--;
        }
    }

    private static ushort[] AssignCodes(byte[] lengths)
    {
        var next = new int[17];
        foreach (var length in lengths)
        {
            next[length + 1] += length == 0 ? 0 : 1;
        }

        for (var bits = 1; bits < next.Length; bits++)
        {
            next[bits] = (next[bits] + next[bits - 1]) << 1;
        }

        var codes = new ushort[lengths.Length];
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] > 0)
            {
                codes[symbol] = Reverse(next[lengths[symbol]]++, lengths[symbol]);
            }
        }

        return codes;
    }

    private static ushort Reverse(int code, int length)
    {
        var reversed = 0;
        for (var i = 0; i < length; i++)
        {
            reversed = (reversed << 1) | ((code >> i) & 1);
        }

        return (ushort)reversed;
    }
}
