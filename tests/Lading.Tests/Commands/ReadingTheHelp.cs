using System.CommandLine;
using Lading.Cli;
using Lading.Cli.Commands;
using Lading.Cli.Output;
using Lading.Testing;

namespace Lading.Tests.Commands;

/// <summary>The help that people read before they read anything else.</summary>
public sealed class ReadingTheHelp : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Verbs_are_grouped_by_purpose()
    {
        var run = (await ToolRun.InAsync(folder.Path, "--help")).Succeeded();

        Assert.Contains("\nPublish images\n  plan ", run.Out, StringComparison.Ordinal);
        Assert.Contains("\nDeploy\n  deploy ", run.Out, StringComparison.Ordinal);
        Assert.Contains("\nExamples\n  lading init ", run.Out, StringComparison.Ordinal);
        Assert.EndsWith("\n'lading <verb> --help' shows the options and examples of a verb.\n", run.Out);
        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public async Task Without_a_verb_the_help_is_shown()
    {
        var help = await ToolRun.InAsync(folder.Path, "--help");

        Assert.Equal(help.Out, (await ToolRun.InAsync(folder.Path)).Succeeded().Out);
    }

    [Fact]
    public void Every_verb_is_listed_under_a_purpose() =>
        Assert.All(
            Root().Subcommands.Where(verb => !verb.Hidden),
            verb => Assert.True(RootHelp.IsGrouped(verb.Name), $"RootHelp names no purpose of {verb.Name}")
        );

    [Fact]
    public void Every_verb_has_examples_that_the_parser_accepts()
    {
        var root = Root();
        foreach (var verb in VerbsOf(root, "lading"))
        {
            var examples = HelpExamples.Of(verb);
            Assert.True(examples.Count > 0, $"HelpExamples has none of '{verb}'");
            foreach (var (command, _) in examples.Where(each => each.Command.StartsWith("lading ")))
            {
                Assert.StartsWith(verb, command, StringComparison.Ordinal);
                var words = command["lading ".Length..].Split(" >", 2)[0];
                Assert.True(root.Parse(words).Errors.Count == 0, command);
            }
        }
    }

    [Fact]
    public async Task The_help_for_a_verb_ends_with_examples()
    {
        var run = (await ToolRun.InAsync(folder.Path, "promote", "--help")).Succeeded();

        Assert.Contains("Examples:\n  lading promote dev prod      all images\n", run.Out, StringComparison.Ordinal);
    }

    private static RootCommand Root()
    {
        var host = new Host
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            In = TextReader.Null,
            Environment = new Dictionary<string, string>(),
            WorkingDirectory = ".",
        };
        return Verbs.Root(host, new Terminal(host));
    }

    private static IEnumerable<string> VerbsOf(Command command, string name) =>
        command
            .Subcommands.Where(each => !each.Hidden)
            .SelectMany(each => VerbsOf(each, $"{name} {each.Name}"))
            .Prepend(name);
}
