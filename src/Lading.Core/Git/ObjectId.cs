using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Lading.Git;

/// <summary>
/// The id of a git object: 20 bytes in a SHA-1 repository, 32 in a SHA-256 one. Stored without a separate array, since
/// there are many.
/// </summary>
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

    /// <summary>Parses 40 or 64 hex digits.</summary>
    /// <exception cref="FormatException">The text is not an object id.</exception>
    public static ObjectId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not an object id.");

    /// <summary>Parses 40 or 64 hex digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ObjectId id)
    {
        id = default;
        return text is { Length: 40 or 64 }
            && System.Text.Ascii.IsValid(text)
            && TryParse(System.Text.Encoding.ASCII.GetBytes(text), out id);
    }

    /// <summary>Parses 40 or 64 hex digits, as git writes them.</summary>
    public static bool TryParse(ReadOnlySpan<byte> hex, out ObjectId id)
    {
        id = default;
        if (hex.Length is not (40 or 64))
        {
            return false;
        }

        Span<byte> raw = stackalloc byte[hex.Length / 2];
        for (var i = 0; i < raw.Length; i++)
        {
            var (high, low) = (Value(hex[i * 2]), Value(hex[(i * 2) + 1]));
            if (high < 0 || low < 0)
            {
                return false;
            }

            raw[i] = (byte)((high << 4) | low);
        }

        id = new ObjectId(raw);
        return true;
    }

    public bool Equals(ObjectId other) =>
        first == other.first
        && second == other.second
        && third == other.third
        && fourth == other.fourth
        && length == other.length;

    /// <summary>The id is a hash itself.</summary>
    public override int GetHashCode() => first.GetHashCode();

    /// <summary>Writes the lower-case hex digits of raw bytes as ASCII.</summary>
    /// <param name="raw">The bytes.</param>
    /// <param name="destination">At least twice as long.</param>
    public static void WriteHex(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        for (var i = 0; i < raw.Length; i++)
        {
            destination[i * 2] = Digit(raw[i] >> 4);
            destination[(i * 2) + 1] = Digit(raw[i] & 15);
        }
    }

    /// <summary>Writes the raw bytes.</summary>
    /// <param name="raw">At least half as long as <see cref="HexLength"/>.</param>
    public void CopyTo(Span<byte> raw)
    {
        Span<byte> padded = stackalloc byte[32];
        BinaryPrimitives.WriteUInt64BigEndian(padded, first);
        BinaryPrimitives.WriteUInt64BigEndian(padded[8..], second);
        BinaryPrimitives.WriteUInt64BigEndian(padded[16..], third);
        BinaryPrimitives.WriteUInt64BigEndian(padded[24..], fourth);
        padded[..length].CopyTo(raw);
    }

    public override string ToString()
    {
        Span<byte> raw = stackalloc byte[length];
        CopyTo(raw);
        Span<byte> hex = stackalloc byte[HexLength];
        WriteHex(raw, hex);
        return System.Text.Encoding.ASCII.GetString(hex);
    }

    private static int Value(byte digit) =>
        digit switch
        {
            >= (byte)'0' and <= (byte)'9' => digit - '0',
            >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
            >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
            _ => -1,
        };

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);
}
