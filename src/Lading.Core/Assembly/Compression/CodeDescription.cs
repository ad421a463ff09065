namespace Lading.Assembly.Compression;

/// <summary>
/// The lengths of a block's two Huffman codes, compressed as they precede the block (RFC 1951, section 3.2.7).
/// </summary>
internal sealed class CodeDescription
{
    private readonly int literalCount;
    private readonly int distanceCount;
    private readonly List<(int Symbol, int Extra)> runs;
    private readonly HuffmanCode code;
    private readonly int codeCount;

    private CodeDescription(int literalCount, int distanceCount, List<(int Symbol, int Extra)> runs)
    {
        this.literalCount = literalCount;
        this.distanceCount = distanceCount;
        this.runs = runs;
        var frequencies = new int[19];
        foreach (var (symbol, _) in runs)
        {
            frequencies[symbol]++;
        }

        code = HuffmanCode.OfFrequencies(frequencies, 7);
        codeCount = 19;
        while (codeCount > 4 && code.Lengths[DeflateTables.CodeLengthOrder[codeCount - 1]] == 0)
        {
            codeCount--;
        }

        Cost = 14 + (3 * codeCount) + code.Cost(frequencies) + runs.Sum(run => ExtraBits(run.Symbol));
    }

    /// <summary>The size in bits.</summary>
    public long Cost { get; }

    public static CodeDescription Of(HuffmanCode literals, HuffmanCode distances)
    {
        var literalCount = Used(literals.Lengths, 257);
        var distanceCount = Used(distances.Lengths, 1);
        byte[] lengths = [.. literals.Lengths[..literalCount], .. distances.Lengths[..distanceCount]];
        return new CodeDescription(literalCount, distanceCount, Runs(lengths));
    }

    public void Write(BitWriter bits)
    {
        bits.Write((uint)(literalCount - 257), 5);
        bits.Write((uint)(distanceCount - 1), 5);
        bits.Write((uint)(codeCount - 4), 4);
        for (var i = 0; i < codeCount; i++)
        {
            bits.Write(code.Lengths[DeflateTables.CodeLengthOrder[i]], 3);
        }

        foreach (var (symbol, extra) in runs)
        {
            code.Write(bits, symbol);
            bits.Write((uint)extra, ExtraBits(symbol));
        }
    }

    private static int ExtraBits(int symbol) =>
        symbol switch
        {
            16 => 2,
            17 => 3,
            18 => 7,
            _ => 0,
        };

    private static int Used(ReadOnlySpan<byte> lengths, int least)
    {
        var count = lengths.Length;
        while (count > least && lengths[count - 1] == 0)
        {
            count--;
        }

        return count;
    }

    /// <summary>16 repeats the last length 3 to 6 times; 17 and 18 stand for 3 to 10 and 11 to 138 zeros.</summary>
    private static List<(int Symbol, int Extra)> Runs(byte[] lengths)
    {
        var runs = new List<(int Symbol, int Extra)>();
        for (var i = 0; i < lengths.Length; )
        {
            var value = lengths[i];
            var count = 1;
            while (i + count < lengths.Length && lengths[i + count] == value)
            {
                count++;
            }

            i += count;
            if (value != 0)
            {
                runs.Add((value, 0));
                count--;
            }

            while (count > 0)
            {
                var (symbol, least, most) =
                    value != 0 ? (16, 3, 6)
                    : count > 10 ? (18, 11, 138)
                    : (17, 3, 10);
                if (count < least)
                {
                    runs.AddRange(Enumerable.Repeat(((int)value, 0), count));
                    break;
                }

                var taken = Math.Min(count, most);
                runs.Add((symbol, taken - least));
                count -= taken;
            }
        }

        return runs;
    }
}
