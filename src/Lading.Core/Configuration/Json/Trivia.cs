namespace Lading.Configuration.Json;

/// <summary>The trivia between the values of a document: blanks, line ends, commas and comments.</summary>
internal static class Trivia
{
    /// <summary>The offset of the comma between two offsets, outside comments; null if there is none.</summary>
    public static int? FindComma(ReadOnlySpan<byte> text, int from, int to) => Find(text, from, to, (byte)',');

    /// <summary>The offset of the first line feed between two offsets that is not inside a multi-line comment; null if there is none.</summary>
    public static int? FindLineEnd(ReadOnlySpan<byte> text, int from, int to) => Find(text, from, to, (byte)'\n');

    /// <summary>The start of the blanks (without line ends) that end at an offset.</summary>
    public static int BlanksBefore(ReadOnlySpan<byte> text, int offset)
    {
        while (offset > 0 && text[offset - 1] is (byte)' ' or (byte)'\t')
        {
            offset--;
        }

        return offset;
    }

    /// <summary>The end of the blanks (without line ends) that begin at an offset.</summary>
    public static int BlanksAfter(ReadOnlySpan<byte> text, int offset)
    {
        while (offset < text.Length && text[offset] is (byte)' ' or (byte)'\t')
        {
            offset++;
        }

        return offset;
    }

    /// <summary>The length in bytes of the line end at an offset; 0 if there is none.</summary>
    public static int LineEndLength(ReadOnlySpan<byte> text, int offset) =>
        text[offset..].StartsWith("\r\n"u8) ? 2
        : text[offset..].StartsWith("\n"u8) ? 1
        : 0;

    private static int? Find(ReadOnlySpan<byte> text, int from, int to, byte sought)
    {
        for (var at = from; at < to; at++)
        {
            if (text[at..].StartsWith("//"u8))
            {
                var end = text[at..].IndexOf((byte)'\n');
                at = end < 0 ? to : at + end;
            }
            else if (text[at..].StartsWith("/*"u8))
            {
                at += text[at..].IndexOf("*/"u8) + 1;
                continue;
            }

            if (at < to && text[at] == sought)
            {
                return at;
            }
        }

        return null;
    }
}
