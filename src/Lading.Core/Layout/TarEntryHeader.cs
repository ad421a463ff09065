using System.Buffers.Binary;
using System.Text;

namespace Lading.Layout;

/// <summary>The header of an entry of a tar archive (POSIX.1-2001, "ustar Interchange Format", and GNU's additions).</summary>
/// <param name="Kind">The type flag.</param>
/// <param name="Name">Truncated to the field; longer names are in an entry before.</param>
/// <param name="Link">The target of a link, truncated to the field.</param>
/// <param name="Size">The size of the content in bytes.</param>
internal sealed record TarEntryHeader(char Kind, string Name, string Link, long Size)
{
    /// <summary>The size of a header in bytes, and the padding of contents.</summary>
    public const int Block = 512;

    /// <exception cref="FormatException">The bytes are not a header.</exception>
    public static TarEntryHeader Parse(ReadOnlySpan<byte> header)
    {
        RequireChecksum(header);
        var prefix = header.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(header.Slice(345, 155)) : "";
        var name = Text(header[..100]);
        return new TarEntryHeader(
            (char)header[156],
            prefix.Length == 0 ? name : $"{prefix}/{name}",
            Text(header.Slice(157, 100)),
            Number(header.Slice(124, 12))
        );
    }

    /// <summary>The records of a type <c>x</c> entry about the next one: <c>30 path=some/long/name</c>.</summary>
    public static IEnumerable<(string Key, string Value)> PaxRecords(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (space > 0 && equals > space)
            {
                yield return (line[(space + 1)..equals], line[(equals + 1)..]);
            }
        }
    }

    private static void RequireChecksum(ReadOnlySpan<byte> header)
    {
        var sum = 0;
        for (var i = 0; i < Block; i++)
        {
            sum += i is >= 148 and < 156 ? ' ' : header[i];
        }

        if (Number(header.Slice(148, 8)) != sum)
        {
            throw new FormatException("it is not a tar archive");
        }
    }

    /// <summary>Octal digits, or a binary number if the first bit is set (GNU).</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
        {
            return BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
        }

        long value = 0;
        foreach (var digit in Text(field).Trim())
        {
            value = digit is >= '0' and <= '7'
                ? (value * 8) + digit - '0'
                : throw new FormatException("it is not a tar archive");
        }

        return value;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }
}
