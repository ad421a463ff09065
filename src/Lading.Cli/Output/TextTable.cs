using System.Text;

namespace Lading.Cli.Output;

/// <summary>Columns that align: two spaces in front, two between, nothing drawn around them. Cells are markup.</summary>
internal sealed class TextTable
{
    private readonly List<IReadOnlyList<string>> rows = [];

    /// <summary>True before the first row.</summary>
    public bool IsEmpty => rows.Count == 0;

    /// <summary>Adds a row; rows may have different numbers of cells.</summary>
    public TextTable Add(params IReadOnlyList<string> cells)
    {
        rows.Add(cells);
        return this;
    }

    public void WriteTo(Action<string> writeLine)
    {
        var widths = new int[rows.Count == 0 ? 0 : rows.Max(row => row.Count)];
        foreach (var row in rows)
        {
            for (var column = 0; column < row.Count; column++)
            {
                widths[column] = Math.Max(widths[column], Width(row[column]));
            }
        }

        foreach (var row in rows)
        {
            var line = new StringBuilder();
            for (var column = 0; column < row.Count; column++)
            {
                line.Append("  ").Append(row[column]);
                if (column < row.Count - 1)
                {
                    line.Append(' ', widths[column] - Width(row[column]));
                }
            }

            writeLine(line.ToString().TrimEnd());
        }
    }

    private static int Width(string cell) => PlainText.Of(cell).Length;
}
