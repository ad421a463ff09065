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

    /// <summary>Bits that these symbols take.</summary>
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

    /// <summary>The best code for these frequencies with no length beyond a limit. At least one symbol gets a code.</summary>
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
            // One bit each; decoders want a complete code, so a lone symbol gets a companion.
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

    /// <summary>The package-merge method: exact under a limit, and with ties always broken alike.</summary>
    private static void Assign(List<(int Frequency, int Symbol)> used, int limit, byte[] lengths)
    {
        var leaves = used.ConvertAll(leaf => new Package(leaf.Frequency, [leaf.Symbol]));
        var packages = leaves;
        for (var level = 1; level < limit; level++)
        {
            var pairs = new List<Package>(packages.Count / 2);
            for (var i = 0; i + 1 < packages.Count; i += 2)
            {
                pairs.Add(packages[i].With(packages[i + 1]));
            }

            packages = Merge(leaves, pairs);
        }

        foreach (var package in packages.Take((2 * used.Count) - 2))
        {
            foreach (var symbol in package.Symbols)
            {
                lengths[symbol]++;
            }
        }
    }

    private static List<Package> Merge(List<Package> leaves, List<Package> pairs)
    {
        var merged = new List<Package>(leaves.Count + pairs.Count);
        var (leaf, pair) = (0, 0);
        while (leaf < leaves.Count || pair < pairs.Count)
        {
            var takesLeaf = pair == pairs.Count || (leaf < leaves.Count && leaves[leaf].Weight <= pairs[pair].Weight);
            merged.Add(takesLeaf ? leaves[leaf++] : pairs[pair++]);
        }

        return merged;
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

    private sealed record Package(long Weight, int[] Symbols)
    {
        public Package With(Package other) => new(Weight + other.Weight, [.. Symbols, .. other.Symbols]);
    }
}
