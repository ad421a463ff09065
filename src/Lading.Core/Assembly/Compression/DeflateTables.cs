namespace Lading.Assembly.Compression;

/// <summary>The codes of lengths and distances (RFC 1951, section 3.2.5).</summary>
internal static class DeflateTables
{
    public const int EndOfBlock = 256;
    public const int LiteralSymbols = 286;
    public const int DistanceSymbols = 30;
    private static readonly byte[] LengthSymbols = CreateLengthSymbols();
    private static readonly byte[] NearDistanceSymbols = CreateDistanceSymbols(shift: 0);
    private static readonly byte[] FarDistanceSymbols = CreateDistanceSymbols(shift: 7);

    /// <summary>The order in which the lengths of the code-length code are written (section 3.2.7).</summary>
    public static ReadOnlySpan<byte> CodeLengthOrder =>
        [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    public static ReadOnlySpan<ushort> LengthBases =>
        [
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            13,
            15,
            17,
            19,
            23,
            27,
            31,
            35,
            43,
            51,
            59,
            67,
            83,
            99,
            115,
            131,
            163,
            195,
            227,
            258,
        ];

    public static ReadOnlySpan<byte> LengthBits =>
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    public static ReadOnlySpan<ushort> DistanceBases =>
        [
            1,
            2,
            3,
            4,
            5,
            7,
            9,
            13,
            17,
            25,
            33,
            49,
            65,
            97,
            129,
            193,
            257,
            385,
            513,
            769,
            1025,
            1537,
            2049,
            3073,
            4097,
            6145,
            8193,
            12289,
            16385,
            24577,
        ];

    public static ReadOnlySpan<byte> DistanceBits =>
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    /// <summary>The length code (of 29) for a length of 3 to 258.</summary>
    public static int LengthSymbol(int length) => LengthSymbols[length - 3];

    /// <summary>The distance code (of 30) for a distance of 1 to 32768.</summary>
    public static int DistanceSymbol(int distance) =>
        distance <= 256 ? NearDistanceSymbols[distance - 1] : FarDistanceSymbols[(distance - 1) >> 7];

    private static byte[] CreateLengthSymbols()
    {
        var symbols = new byte[256];
        for (var length = 3; length <= 258; length++)
        {
            symbols[length - 3] = (byte)Last(LengthBases, length);
        }

        return symbols;
    }

    private static byte[] CreateDistanceSymbols(int shift)
    {
        var symbols = new byte[256];
        for (var i = 0; i < 256; i++)
        {
            symbols[i] = (byte)Last(DistanceBases, (i << shift) + 1);
        }

        return symbols;
    }

    private static int Last(ReadOnlySpan<ushort> bases, int value)
    {
        var symbol = bases.Length - 1;
        while (bases[symbol] > value)
        {
            symbol--;
        }

        return symbol;
    }
}
