using System.Text;

namespace Lading;

/// <summary>
/// Names and messages may come from others: whatever would move a terminal's cursor, set its color or change the writing direction is
/// shown instead.
/// </summary>
internal static class ControlCharacters
{
    /// <summary>The text with each control character as <c>\x1b</c> or <c>\u202e</c>, except for line ends and tabs.</summary>
    public static string Shown(string text) => Shown(text, "\n\t");

    /// <summary>The text on one line, with each control character as <c>\x0a</c>.</summary>
    public static string ShownInLine(string text) => Shown(text, "");

    private static string Shown(string text, string kept)
    {
        if (!text.Any(IsOther))
        {
            return text;
        }

        var shown = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var isLineEnd = text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' && kept.Contains('\n');
            shown.Append(
                isLineEnd || !IsOther(text[i]) ? text[i].ToString()
                : text[i] > 0xff ? $"\\u{(int)text[i]:x4}"
                : $"\\x{(int)text[i]:x2}"
            );
        }

        return shown.ToString();

        bool IsOther(char c) => (char.IsControl(c) && !kept.Contains(c, StringComparison.Ordinal)) || Turns(c);
    }

    /// <summary>Whether it embeds, overrides or isolates a direction of writing (Unicode Standard Annex 9).</summary>
    private static bool Turns(char c) => c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
