using System.Globalization;
using Spectre.Console.Rendering;

namespace Lading.Cli.Output;

/// <summary>How many columns of a terminal a text takes: two for each character of Chinese, Japanese and Korean, none for marks that combine.</summary>
internal static class CellWidth
{
    public static int Of(string text) =>
        // What most cells are needs no tables.
        text.All(char.IsAscii)
            ? text.Length
            : new Segment(text).CellCount();

    /// <summary>As much of a text as fits into so many columns, characters kept whole.</summary>
    public static string Cut(string text, int columns)
    {
        var end = 0;
        for (var used = 0; end < text.Length; )
        {
            var length = StringInfo.GetNextTextElementLength(text, end);
            used += Of(text.Substring(end, length));
            if (used > columns)
            {
                break;
            }

            end += length;
        }

        return text[..end];
    }
}
