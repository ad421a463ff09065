namespace Lading.Assembly.Compression;

/// <summary>Literals and matches for one block, and the frequency of each symbol.</summary>
internal sealed class TokenBlock
{
    /// <summary>Few enough for codes to adapt to the data, many enough for their description not to matter.</summary>
    public const int Capacity = 32 * 1024;

    private readonly int[] tokens = new int[Capacity];
    private readonly int[] literals = new int[DeflateTables.LiteralSymbols];
    private readonly int[] distances = new int[DeflateTables.DistanceSymbols];

    public int Count { get; private set; }

    public bool IsFull => Count == Capacity;

    public ReadOnlySpan<int> Tokens => tokens.AsSpan(0, Count);

    /// <summary>The frequencies of literals, length codes, and the end of the block.</summary>
    public ReadOnlySpan<int> LiteralFrequencies => literals;

    public ReadOnlySpan<int> DistanceFrequencies => distances;

    /// <summary>Bits after the codes of lengths and distances.</summary>
    public long ExtraBits { get; private set; }

    public void AddLiteral(byte value)
    {
        tokens[Count++] = value;
        literals[value]++;
    }

    /// <param name="length">3 to 258.</param>
    /// <param name="distance">1 to 32768.</param>
    public void AddMatch(int length, int distance)
    {
        tokens[Count++] = (distance << 9) | length;
        var lengthSymbol = DeflateTables.LengthSymbol(length);
        var distanceSymbol = DeflateTables.DistanceSymbol(distance);
        literals[257 + lengthSymbol]++;
        distances[distanceSymbol]++;
        ExtraBits += DeflateTables.LengthBits[lengthSymbol] + DeflateTables.DistanceBits[distanceSymbol];
    }

    /// <summary>Counts the end of the block, once all tokens are added.</summary>
    public void Finish() => literals[DeflateTables.EndOfBlock] = 1;

    public void Clear()
    {
        Array.Clear(literals);
        Array.Clear(distances);
        (Count, ExtraBits) = (0, 0);
    }
}
