using System.CommandLine;
using Lading.Cli;
using Lading.Cli.Commands;
using Lading.Cli.Output;
using Lading.Testing;

namespace Lading.Tests.Commands;

/// <summary>Options without the value that they take, or with too many.</summary>
public sealed class LeavingValuesOut
{
    [Fact]
    public void Every_option_of_every_verb_says_which_value_it_takes()
    {
        var root = Root();
        var cases =
            from command in CommandsOf(root, [])
            from option in command.Command.Options.Concat(root.Options).Distinct()
            where option.Arity.MinimumNumberOfValues > 0
            select (command.Words, Option: option, Parsed: root.Parse([.. Complete(command, option), option.Name]));

        Assert.NotEmpty(cases);
        Assert.All(
            cases,
            one =>
                Assert.StartsWith(
                    $"Could not read {one.Option.Name} of {string.Join(' ', one.Words.Prepend("lading"))}: no value follows it. Write {one.Option.Name} <",
                    Assert.Single(UsageErrors.Of(one.Parsed))
                )
        );
    }

    [Theory]
    [InlineData(
        "Could not read --image of lading rollback: no value follows it. Write --image <",
        "rollback",
        "Shop",
        "--env",
        "dev",
        "--image"
    )]
    [InlineData(
        "Could not read --env of lading plan: it has 2 values (dev, prod), and takes one. Write --env <",
        "plan",
        "--env",
        "dev",
        "--env",
        "prod"
    )]
    public async Task The_message_says_what_to_write(string expected, params string[] arguments)
    {
        using var folder = new TestFolder();

        var run = await ToolRun.InAsync(folder.Path, arguments);

        Assert.Contains(expected, run.Failed(FailureKind.Usage).Error);
        Assert.DoesNotContain("Required argument", run.Error);
        Assert.DoesNotContain("expects a single argument", run.Error);
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

    /// <summary>The commands, with the words that people type for them.</summary>
    private static IEnumerable<(Command Command, IReadOnlyList<string> Words)> CommandsOf(
        Command command,
        IReadOnlyList<string> words
    ) =>
        command
            .Subcommands.Where(each => !each.Hidden)
            .SelectMany(each => CommandsOf(each, [.. words, each.Name]))
            .Concat(command.Action is null || words.Count == 0 ? [] : [(command, words)]);

    /// <summary>A command line that lacks only one option's value.</summary>
    private static IEnumerable<string> Complete((Command Command, IReadOnlyList<string> Words) command, Option but) =>
        [
            .. command.Words,
            .. command.Command.Arguments.SelectMany(each => Enumerable.Repeat("x", each.Arity.MinimumNumberOfValues)),
            .. command
                .Command.Options.Where(each => each.Required && each != but)
                .SelectMany(each => (string[])[each.Name, "x"]),
        ];
}
