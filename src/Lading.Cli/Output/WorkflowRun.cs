using System.Text;

namespace Lading.Cli.Output;

/// <summary>
/// What a step of a GitHub Actions workflow leaves for the steps and jobs after it, and on the page of its run: files that the
/// variables <c>GITHUB_OUTPUT</c> and <c>GITHUB_STEP_SUMMARY</c> name. Elsewhere nothing is written.
/// </summary>
internal sealed class WorkflowRun(Host host, Terminal terminal)
{
    /// <summary>Adds an output of the step.</summary>
    /// <param name="name">As later steps ask for it.</param>
    /// <param name="value">One line.</param>
    public void SetOutput(string name, string value) => Append("GITHUB_OUTPUT", $"{name}={value}\n");

    /// <summary>Adds a table to the summary of the job.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="columns">What its columns are called.</param>
    /// <param name="rows">Plain texts.</param>
    public void AddSummary(string title, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        text.Append("### ").Append(title).Append("\n\n");
        text.Append(Row(columns)).Append(Row([.. columns.Select(_ => "---")]));
        foreach (var row in rows)
        {
            text.Append(Row([.. row.Select(Escaped)]));
        }

        Append("GITHUB_STEP_SUMMARY", text.Append('\n').ToString());
    }

    /// <summary>A digest or tag as code.</summary>
    public static string Code(string text) => text.Length == 0 ? "" : $"`{text}`";

    private static string Row(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |\n";

    private static string Escaped(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .ReplaceLineEndings(" ");

    private void Append(string variable, string text)
    {
        if (host.Variable(variable) is not { } path)
        {
            return;
        }

        try
        {
            File.AppendAllText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Warn($"{variable} could not be written: {e.Message}");
        }
    }
}
