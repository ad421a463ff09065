using System.Text;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>Aligned columns: two spaces in front, two between, without borders. Cells are markup.</summary>
internal sealed class TextTable
{
    // The minimum width of the last column: a narrower one would be useless.
    private const int MinimumLastWidth = 8;

    private readonly List<IReadOnlyList<string>> rows = [];

    /// <summary>True before the first row.</summary>
    public bool IsEmpty => rows.Count == 0;

    /// <summary>The width of the longest line in columns of the terminal.</summary>
    public int Width => WidthsOf().Sum(width => 2 + width);

    /// <summary>Adds a row; rows may have different numbers of cells.</summary>
    public TextTable Add(params IReadOnlyList<string> cells)
    {
        rows.Add(cells);
        return this;
    }

    /// <summary>Writes the rows as lines.</summary>
    /// <param name="writeLine">Receives a line of markup.</param>
    /// <param name="width">The width in columns: the last cell is cut so that no line wraps. 0 for no limit.</param>
    /// <returns>The rows whose last cell was shortened, from 0.</returns>
    public IReadOnlyList<int> WriteTo(Action<string> writeLine, int width = 0)
    {
        var widths = WidthsOf();
        var shortened = new List<int>();
        for (var index = 0; index < rows.Count; index++)
        {
            var line = LineOf(rows[index], widths, width, out var isShortened);
            writeLine(line);
            if (isShortened)
            {
                shortened.Add(index);
            }
        }

        return shortened;
    }

    private int[] WidthsOf()
    {
        var widths = new int[rows.Count == 0 ? 0 : rows.Max(row => row.Count)];
        foreach (var row in rows)
        {
            for (var column = 0; column < row.Count; column++)
            {
                widths[column] = Math.Max(widths[column], CellWidth.Of(PlainText.Of(row[column])));
            }
        }

        return widths;
    }

    private static string LineOf(IReadOnlyList<string> row, int[] widths, int width, out bool isShortened)
    {
        isShortened = false;
        var line = new StringBuilder();
        var used = 0;
        for (var column = 0; column < row.Count - 1; column++)
        {
            var cell = row[column];
            line.Append("  ").Append(cell).Append(' ', widths[column] - CellWidth.Of(PlainText.Of(cell)));
            used += 2 + widths[column];
        }

        if (row.Count > 0)
        {
            var room = width == 0 ? int.MaxValue : Math.Max(width - used - 2, MinimumLastWidth);
            var last = PlainText.Of(row[^1]);
            isShortened = CellWidth.Of(last) > room;
            line.Append("  ").Append(isShortened ? Markup.Escape(CellWidth.Cut(last, room - 1) + "…") : row[^1]);
        }

        return line.ToString().TrimEnd();
    }
}
