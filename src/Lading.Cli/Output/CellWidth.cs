using System.Globalization;
using Spectre.Console.Rendering;

namespace Lading.Cli.Output;

/// <summary>The number of terminal columns of a text: two for each Chinese, Japanese or Korean character, none for combining marks.</summary>
internal static class CellWidth
{
    public static int Of(string text) =>
        // Most cells are ASCII, which needs no tables.
        text.All(char.IsAscii)
            ? text.Length
            : new Segment(text).CellCount();

    /// <summary>The longest prefix of a text that fits into the width and splits no character.</summary>
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
