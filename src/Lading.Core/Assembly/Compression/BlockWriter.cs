namespace Lading.Assembly.Compression;

/// <summary>
/// Writes a block in the shortest of the three forms (RFC 1951, section 3.2.3): stored, with the fixed codes, or with
/// its own codes.
/// </summary>
internal sealed class BlockWriter(BitWriter bits)
{
    private const int MaxStoredLength = 65535;
    private static readonly HuffmanCode FixedLiterals = HuffmanCode.OfLengths([
        .. Repeat(8, 144),
        .. Repeat(9, 112),
        .. Repeat(7, 24),
        .. Repeat(8, 8),
    ]);

    private static readonly HuffmanCode FixedDistances = HuffmanCode.OfLengths([.. Repeat(5, 30)]);

    /// <summary>Writes a block.</summary>
    /// <param name="block">Finished tokens.</param>
    /// <param name="bytes">The bytes that the tokens stand for.</param>
    public void Write(TokenBlock block, ReadOnlySpan<byte> bytes)
    {
        var literals = HuffmanCode.OfFrequencies(block.LiteralFrequencies, 15);
        var distances = HuffmanCode.OfFrequencies(block.DistanceFrequencies, 15);
        var description = CodeDescription.Of(literals, distances);
        var own = description.Cost + Cost(block, literals, distances);
        var plain = Cost(block, FixedLiterals, FixedDistances);
        var stored = 40L * ((bytes.Length / MaxStoredLength) + 1) + (8L * bytes.Length);
        if (stored < own && stored < plain)
        {
            WriteStored(bytes);
        }
        else if (plain <= own)
        {
            bits.Write(1 << 1, 3);
            WriteTokens(block, FixedLiterals, FixedDistances);
        }
        else
        {
            bits.Write(2 << 1, 3);
            description.Write(bits);
            WriteTokens(block, literals, distances);
        }
    }

    /// <summary>An empty stored block, which ends at a whole byte.</summary>
    public void WriteBoundary() => WriteStoredPart([]);

    private static long Cost(TokenBlock block, HuffmanCode literals, HuffmanCode distances) =>
        literals.Cost(block.LiteralFrequencies) + distances.Cost(block.DistanceFrequencies) + block.ExtraBits;

    private static IEnumerable<byte> Repeat(byte length, int count) => Enumerable.Repeat(length, count);

    private void WriteStored(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(bytes.Length, MaxStoredLength)];
            WriteStoredPart(part);
            bytes = bytes[part.Length..];
        }
    }

    private void WriteStoredPart(ReadOnlySpan<byte> part)
    {
        bits.Write(0, 3);
        bits.Align();
        bits.Write((uint)part.Length, 16);
        bits.Write((uint)~part.Length & 0xFFFF, 16);
        bits.Align();
        bits.WriteBytes(part);
    }

    private void WriteTokens(TokenBlock block, HuffmanCode literals, HuffmanCode distances)
    {
        foreach (var token in block.Tokens)
        {
            var distance = token >> 9;
            if (distance == 0)
            {
                literals.Write(bits, token);
                continue;
            }

            var length = token & 511;
            var symbol = DeflateTables.LengthSymbol(length);
            literals.Write(bits, 257 + symbol);
            bits.Write((uint)(length - DeflateTables.LengthBases[symbol]), DeflateTables.LengthBits[symbol]);
            symbol = DeflateTables.DistanceSymbol(distance);
            distances.Write(bits, symbol);
            bits.Write((uint)(distance - DeflateTables.DistanceBases[symbol]), DeflateTables.DistanceBits[symbol]);
        }

        literals.Write(bits, DeflateTables.EndOfBlock);
    }
}
