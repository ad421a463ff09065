using System.Text;

namespace Lading;

/// <summary>
/// Escapes control characters in names and messages, which may come from others: nothing in them may move a terminal's
/// cursor, set its color or change the writing direction.
/// </summary>
internal static class ControlCharacters
{
    /// <summary>The text with each control character as <c>\x1b</c> or <c>\u202e</c>, except for line ends and tabs.</summary>
    public static string Shown(string text) => Shown(text, "\n\t");

    /// <summary>The text on one line, with each control character as <c>\x0a</c>.</summary>
    public static string ShownInLine(string text) => Shown(text, "");

    private static string Shown(string text, string kept)
    {
        if (!text.Any(IsEscaped))
        {
            return text;
        }

        var shown = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var isLineEnd = text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' && kept.Contains('\n');
            shown.Append(
                isLineEnd || !IsEscaped(text[i]) ? text[i].ToString()
                : text[i] > 0xff ? $"\\u{(int)text[i]:x4}"
                : $"\\x{(int)text[i]:x2}"
            );
        }

        return shown.ToString();

        bool IsEscaped(char c) =>
            (char.IsControl(c) && !kept.Contains(c, StringComparison.Ordinal)) || ChangesDirection(c);
    }

    /// <summary>
    /// Whether the character embeds, overrides or isolates a writing direction (Unicode Standard Annex 9).
    /// </summary>
    private static bool ChangesDirection(char c) => c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
