using System.Globalization;
using System.Text;

namespace Lading.Assembly;

/// <summary>Headers of a tar archive (POSIX.1-2001 pax): owner 0:0, time 0, and nothing that depends on the machine.</summary>
internal static class TarHeader
{
    public const int BlockSize = 512;
    private const byte RegularFile = (byte)'0';
    private const byte SymbolicLink = (byte)'2';
    private const byte Folder = (byte)'5';
    private const byte Extended = (byte)'x';
    private const long LargestOctalSize = 0x1FFFFFFFF;

    /// <summary>The header blocks of an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="size">Its size in bytes; 0 for folders and links.</param>
    public static byte[] Of(LayerEntry entry, long size)
    {
        var records = new StringBuilder();
        if (!FitsField(entry.Path, 100))
        {
            AddRecord(records, "path", entry.Path);
        }

        if (entry.LinkTarget is { } target && !FitsField(target, 100))
        {
            AddRecord(records, "linkpath", target);
        }

        if (size > LargestOctalSize)
        {
            AddRecord(records, "size", size.ToString(CultureInfo.InvariantCulture));
        }

        var type =
            entry.LinkTarget is not null ? SymbolicLink
            : entry.IsFolder ? Folder
            : RegularFile;
        var mode =
            entry.LinkTarget is not null ? 0x1FF
            : entry.IsExecutable || entry.IsFolder ? 0x1ED
            : 0x1A4;
        var own = Block(entry.Path, mode, size > LargestOctalSize ? 0 : size, type, entry.LinkTarget ?? "");
        if (records.Length == 0)
        {
            return own;
        }

        var body = Encoding.UTF8.GetBytes(records.ToString());
        return
        [
            .. Block("PaxHeader", 0x1A4, body.Length, Extended, ""),
            .. body,
            .. new byte[Padding(body.Length)],
            .. own,
        ];
    }

    /// <summary>The number of zero bytes that fill the last block of an entry's content.</summary>
    public static int Padding(long size) => (int)((BlockSize - (size % BlockSize)) % BlockSize);

    /// <summary><c>length key=value\n</c>, where the length includes itself.</summary>
    private static void AddRecord(StringBuilder records, string key, string value)
    {
        var rest = Encoding.UTF8.GetByteCount(value) + key.Length + 3;
        var length = rest + 1;
        while (length != rest + length.ToString(CultureInfo.InvariantCulture).Length)
        {
            length = rest + length.ToString(CultureInfo.InvariantCulture).Length;
        }

        records.Append(CultureInfo.InvariantCulture, $"{length} {key}={value}\n");
    }

    private static bool FitsField(string text, int size) => text.Length <= size && text.All(char.IsAscii);

    private static byte[] Block(string name, int mode, long size, byte type, string link)
    {
        var block = new byte[BlockSize];
        Text(block, 0, 100, name);
        Octal(block, 100, 8, mode);
        Octal(block, 108, 8, 0);
        Octal(block, 116, 8, 0);
        Octal(block, 124, 12, size);
        Octal(block, 136, 12, 0);
        block.AsSpan(148, 8).Fill((byte)' ');
        block[156] = type;
        Text(block, 157, 100, link);
        "ustar\0"u8.CopyTo(block.AsSpan(257));
        "00"u8.CopyTo(block.AsSpan(263));
        Octal(block, 329, 8, 0);
        Octal(block, 337, 8, 0);
        var sum = 0;
        foreach (var value in block)
        {
            sum += value;
        }

        Octal(block, 148, 7, sum);
        return block;
    }

    /// <summary>
    /// Writes a text field. A value that is too long is in a pax record, and the field has its beginning.
    /// </summary>
    private static void Text(byte[] block, int at, int size, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.AsSpan(0, Math.Min(bytes.Length, size)).CopyTo(block.AsSpan(at));
    }

    private static void Octal(byte[] block, int at, int size, long value)
    {
        for (var i = size - 2; i >= 0; i--)
        {
            block[at + i] = (byte)('0' + (value & 7));
            value >>= 3;
        }

        block[at + size - 1] = 0;
    }
}
