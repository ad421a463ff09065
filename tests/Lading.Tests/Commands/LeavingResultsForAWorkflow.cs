using Lading.Cli;
using Lading.Cli.Output;
using Lading.Testing;

namespace Lading.Tests.Commands;

public sealed class LeavingResultsForAWorkflow : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Outputs_and_tables_are_added_to_what_earlier_steps_left()
    {
        File.WriteAllText(folder.Combine("outputs"), "before=1\n");
        var run = Run(("GITHUB_OUTPUT", folder.Combine("outputs")), ("GITHUB_STEP_SUMMARY", folder.Combine("summary")));

        run.SetOutput("changed", "true");
        run.AddSummary(
            "Images in dev",
            ["image", ""],
            [
                ["a|b", "<script>\nnext"],
            ]
        );

        Assert.Equal("before=1\nchanged=true\n", File.ReadAllText(folder.Combine("outputs")));
        Assert.Equal(
            "### Images in dev\n\n| image |  |\n| --- | --- |\n| a\\|b | &lt;script> next |\n\n",
            File.ReadAllText(folder.Combine("summary"))
        );
    }

    [Fact]
    public void Elsewhere_nothing_is_written()
    {
        var run = Run();

        run.SetOutput("changed", "true");
        run.AddSummary("Images", ["image"], []);

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_a_warning()
    {
        using var error = new StringWriter();

        Run(error, ("GITHUB_OUTPUT", folder.Combine("no/such/folder"))).SetOutput("changed", "true");

        Assert.Contains("warning: GITHUB_OUTPUT could not be written", error.ToString());
    }

    private static WorkflowRun Run(params IReadOnlyList<(string Name, string Value)> variables) =>
        Run(TextWriter.Null, variables);

    private static WorkflowRun Run(TextWriter error, params IReadOnlyList<(string Name, string Value)> variables)
    {
        var host = new Host
        {
            Out = TextWriter.Null,
            Error = error,
            In = TextReader.Null,
            Environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value),
            WorkingDirectory = ".",
        };
        return new WorkflowRun(host, new Terminal(host));
    }
}
