using System.Text;

namespace Lading.Configuration.Json;

/// <summary>The bytes of a document that people write, and its name in messages.</summary>
/// <param name="Bytes">UTF-8, with or without a byte order mark.</param>
/// <param name="DisplayPath">Such as <c>lading.json</c>, or <c>lading.json at 4e1c0d2</c>.</param>
internal sealed record DocumentText(ReadOnlyMemory<byte> Bytes, string DisplayPath)
{
    /// <summary>The length of the byte order mark in bytes.</summary>
    public int MarkLength => Bytes.Span.StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>The line of a byte, from 1.</summary>
    public int LineOf(int offset) => Bytes.Span[..Math.Min(offset, Bytes.Length)].Count((byte)'\n') + 1;

    /// <summary><c>lading.json:12:7</c>: line and column from 1; a column is a UTF-16 code unit.</summary>
    public string PositionOf(int offset)
    {
        var before = Bytes.Span[..Math.Min(offset, Bytes.Length)];
        var line = LineOf(offset);
        var start = before.LastIndexOf((byte)'\n') + 1;
        start = start == 0 ? Math.Min(MarkLength, before.Length) : start;
        return $"{DisplayPath}:{line}:{Encoding.UTF8.GetCharCount(before[start..]) + 1}";
    }

    /// <summary>The offset of a byte in a line, both counted from 0.</summary>
    public int OffsetOf(long line, long byteInLine)
    {
        var offset = 0;
        for (; line > 0; line--)
        {
            var end = Bytes.Span[offset..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return Bytes.Length;
            }

            offset += end + 1;
        }

        return (int)Math.Min(offset + byteInLine, Bytes.Length);
    }
}
