using System.Text;

namespace Lading.Configuration.Json;

/// <summary>Describes for its author what is expected where a text stops being JSON.</summary>
internal ref struct BrokenJson
{
    private readonly ReadOnlySpan<byte> text;
    private readonly Stack<byte> open = new();
    private Expected expected = Expected.Value;
    private int at;

    private BrokenJson(ReadOnlySpan<byte> text) => this.text = text;

    private enum Expected
    {
        Value,
        Key,
        Colon,
        Next,
    }

    /// <summary><c>a comma or } is expected, not '"'</c></summary>
    /// <param name="text">The document, without a byte order mark.</param>
    /// <param name="offset">The offset where parsing stopped.</param>
    public static string Describe(ReadOnlySpan<byte> text, int offset)
    {
        var broken = new BrokenJson(text[..Math.Min(offset, text.Length)]);
        return broken.ScanToError()
            ? broken.InsideString(text[broken.text.Length..])
            : broken.OutsideString(text[broken.text.Length..]);
    }

    /// <summary>Scans up to the error; true if it is inside a string.</summary>
    private bool ScanToError()
    {
        while (at < text.Length)
        {
            var next = text[at];
            if (next == '"')
            {
                if (!SkipText())
                {
                    return true;
                }

                expected = expected == Expected.Key ? Expected.Colon : Expected.Next;
            }
            else if (text[at..].StartsWith("//"u8) || text[at..].StartsWith("/*"u8))
            {
                SkipComment();
            }
            else
            {
                at++;
                Take(next);
            }
        }

        return false;
    }

    private void Take(byte next)
    {
        switch (next)
        {
            case (byte)'{' or (byte)'[':
                open.Push(next);
                expected = next == '{' ? Expected.Key : Expected.Value;
                break;
            case (byte)'}' or (byte)']':
                open.TryPop(out _);
                expected = Expected.Next;
                break;
            case (byte)':':
                expected = Expected.Value;
                break;
            case (byte)',':
                expected = open.TryPeek(out var around) && around == '{' ? Expected.Key : Expected.Value;
                break;
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                break;
            default:
                expected = Expected.Next;
                break;
        }
    }

    /// <summary>Skips a string; false if the error comes before its end.</summary>
    private bool SkipText()
    {
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == '"')
            {
                at++;
                return true;
            }
        }

        return false;
    }

    private void SkipComment()
    {
        var end = text[at + 1] == '/' ? "\n"u8 : "*/"u8;
        var length = text[(at + 2)..].IndexOf(end);
        at = length < 0 ? text.Length : at + 2 + length + end.Length;
    }

    private string InsideString(ReadOnlySpan<byte> rest) =>
        rest.IsEmpty || rest[0] is (byte)'\r' or (byte)'\n' ? "a double quote is missing at the end of a text"
        : text is [.., (byte)'\\'] || rest[0] == '\\' ? "a backslash in a text is written twice: \\\\"
        : "a text contains a character that is not allowed there";

    private string OutsideString(ReadOnlySpan<byte> rest)
    {
        var what = expected switch
        {
            Expected.Key => "a key in double quotes",
            Expected.Colon => "a colon",
            Expected.Value => "a value (a text in double quotes, a number, true, false, null, { or [)",
            _ when !open.TryPeek(out var around) => "the end of the file",
            _ => open.Peek() == '{' ? "a comma or }" : "a comma or ]",
        };
        return rest.IsEmpty ? $"the file ends, but {what} is expected" : $"{what} is expected, not {Found(rest)}";
    }

    private static string Found(ReadOnlySpan<byte> rest) =>
        rest[0] is (byte)'\r' or (byte)'\n' ? "the end of the line"
        : Rune.DecodeFromUtf8(rest, out var rune, out _) == System.Buffers.OperationStatus.Done && !Rune.IsControl(rune)
            ? $"{rune}"
        : "a control character";
}
