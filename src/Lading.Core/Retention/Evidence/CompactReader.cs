using System.Buffers.Binary;
using System.Text;
using Lading.Oci;

namespace Lading.Retention.Evidence;

/// <summary>Reads what <see cref="CompactWriter"/> wrote.</summary>
/// <param name="bytes">The bytes from the start of a value.</param>
/// <param name="words">Words by number.</param>
internal ref struct CompactReader(ReadOnlySpan<byte> bytes, IReadOnlyList<string> words)
{
    private readonly IReadOnlyList<string> words = words;
    private ReadOnlySpan<byte> rest = bytes;

    public ulong ReadNumber()
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = Take(1)[0];
            number |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }
    }

    public long? ReadOptionalNumber() => ReadNumber() is > 0 and var number ? unchecked((long)(number - 1)) : null;

    public DateTimeOffset ReadTime() => new(BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long))), TimeSpan.Zero);

    public Digest ReadDigest()
    {
        var algorithm = (DigestAlgorithm)ReadNumber();
        return Digest.OfHash(algorithm, Take(algorithm.HexLength() / 2));
    }

    public string ReadText() => Encoding.UTF8.GetString(Take((int)ReadNumber()));

    public string? ReadWord() => ReadNumber() is > 0 and var number ? words[(int)number - 1] : null;

    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
