using System.Text;

namespace Lading;

/// <summary>Names and messages are other people's: what would move a terminal's cursor or colour is shown, not done.</summary>
internal static class ControlCharacters
{
    /// <summary>The text with each control character as <c>\x1b</c>, but for line ends and tabs.</summary>
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
            shown.Append(IsOther(text[i]) && !isLineEnd ? $"\\x{(int)text[i]:x2}" : text[i].ToString());
        }

        return shown.ToString();

        bool IsOther(char c) => char.IsControl(c) && !kept.Contains(c, StringComparison.Ordinal);
    }
}
