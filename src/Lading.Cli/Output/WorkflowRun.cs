namespace Lading.Cli.Output;

/// <summary>
/// The outputs of a step of a GitHub Actions workflow, and the summary on the page of its run: the files in <c>GITHUB_OUTPUT</c> and
/// <c>GITHUB_STEP_SUMMARY</c>. Elsewhere nothing is written.
/// </summary>
internal sealed class WorkflowRun(Host host, Terminal terminal)
{
    /// <summary>Adds an output of the step.</summary>
    /// <param name="name">Its name in later steps.</param>
    /// <param name="value">One line.</param>
    public void SetOutput(string name, string value) => Append("GITHUB_OUTPUT", $"{name}={value}\n");

    /// <summary>Adds a table to the summary of the job.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="columns">The titles of its columns.</param>
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
