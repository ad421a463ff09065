using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Lading.Git;

/// <summary>The id of a git object: 20 bytes in a SHA-1 repository, 32 in a SHA-256 one. Held in place, since there are many.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ObjectId
{
    private readonly ulong first;
    private readonly ulong second;
    private readonly ulong third;
    private readonly ulong fourth;
    private readonly byte length;

    /// <summary>An id from its raw bytes.</summary>
    public ObjectId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is not (20 or 32))
        {
            throw new FormatException($"An object id has 20 or 32 bytes, not {bytes.Length}.");
        }

        Span<byte> padded = stackalloc byte[32];
        padded.Clear();
        bytes.CopyTo(padded);
        first = BinaryPrimitives.ReadUInt64BigEndian(padded);
        second = BinaryPrimitives.ReadUInt64BigEndian(padded[8..]);
        third = BinaryPrimitives.ReadUInt64BigEndian(padded[16..]);
        fourth = BinaryPrimitives.ReadUInt64BigEndian(padded[24..]);
        length = (byte)bytes.Length;
    }

    /// <summary>The number of hex digits: 40 or 64.</summary>
    public int HexLength => length * 2;

    /// <summary>Reads 40 or 64 hex digits.</summary>
    /// <exception cref="FormatException">The text is no object id.</exception>
    public static ObjectId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no object id.");

    /// <summary>Reads 40 or 64 hex digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ObjectId id)
    {
        id = default;
        if (text is not { Length: 40 or 64 } || !text.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        id = new ObjectId(Convert.FromHexString(text));
        return true;
    }

    /// <summary>Writes the lower-case hex digits as ASCII.</summary>
    /// <param name="destination">At least <see cref="HexLength"/> bytes.</param>
    public void WriteHex(Span<byte> destination)
    {
        Span<byte> raw = stackalloc byte[32];
        CopyTo(raw);
        for (var i = 0; i < length; i++)
        {
            destination[i * 2] = Digit(raw[i] >> 4);
            destination[(i * 2) + 1] = Digit(raw[i] & 15);
        }
    }

    public override string ToString()
    {
        Span<byte> raw = stackalloc byte[32];
        CopyTo(raw);
        return Convert.ToHexString(raw[..length]).ToLowerInvariant();
    }

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);

    private void CopyTo(Span<byte> raw)
    {
        BinaryPrimitives.WriteUInt64BigEndian(raw, first);
        BinaryPrimitives.WriteUInt64BigEndian(raw[8..], second);
        BinaryPrimitives.WriteUInt64BigEndian(raw[16..], third);
        BinaryPrimitives.WriteUInt64BigEndian(raw[24..], fourth);
    }
}
