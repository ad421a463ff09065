using System.Text;

namespace Lading.Cli.Output;

/// <summary>A table in the Markdown of GitHub and GitLab.</summary>
internal static class MarkdownTable
{
    /// <summary>The lines of a table, and an empty one after it.</summary>
    /// <param name="columns">The titles of its columns.</param>
    /// <param name="rows">Plain texts; markup is escaped.</param>
    public static string Of(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        text.Append(Row(columns)).Append(Row([.. columns.Select(_ => "---")]));
        foreach (var row in rows)
        {
            text.Append(Row([.. row.Select(Escaped)]));
        }

        return text.Append('\n').ToString();
    }

    /// <summary>A digest or tag as code.</summary>
    public static string Code(string text) => text.Length == 0 ? "" : $"`{text}`";

    /// <summary>Plain text on one line, with markup escaped.</summary>
    public static string Escaped(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .ReplaceLineEndings(" ");

    private static string Row(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |\n";
}
