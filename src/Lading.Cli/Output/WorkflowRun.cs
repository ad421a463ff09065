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
    public void AddSummary(string title, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) =>
        AddSummary($"### {title}\n\n{MarkdownTable.Of(columns, rows)}");

    /// <summary>Adds Markdown to the summary of the job.</summary>
    public void AddSummary(string markdown) => Append("GITHUB_STEP_SUMMARY", markdown);

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
