using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Lading.Cli;
using Lading.Cli.Commands;
using Lading.Cli.Output;
using Lading.Testing;

namespace Lading.Tests.Commands;

/// <summary>
/// Every command line of <c>lading</c> in the pages that people follow is one that the tool understands.
/// </summary>
public sealed partial class FollowingTheDocs
{
    [Theory]
    [InlineData("docs/flow.md")]
    [InlineData("docs/migrating.md")]
    [InlineData("docs/ci.md")]
    [InlineData("docs/assets.md")]
    [InlineData("docs/deploy.md")]
    public void Its_commands_are_understood(string page)
    {
        var wrong = new List<string>();
        var lines = CommandLine().Matches(File.ReadAllText(SourceTree.PathOf(page)));
        Assert.NotEmpty(lines);
        foreach (Match match in lines)
        {
            var line = match.Groups["line"].Value.Replace('…', 'x');
            var words = CommandLineParser.SplitCommandLine(Placeholder().Replace(line, "x")).ToList();
            var root = Root();
            var parsed = root.Parse(words);
            parsed = DeployCommand.WithDashes(parsed, words) is { } dashed ? root.Parse(dashed) : parsed;
            if (parsed.Errors.Count > 0)
            {
                wrong.Add($"lading {line}: {parsed.Errors[0].Message}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_verb_that_a_page_names_exists()
    {
        var pages = Directory
            .GetFiles(SourceTree.PathOf("docs"), "*.md")
            .Append(SourceTree.PathOf("README.md"))
            .Append(SourceTree.PathOf("CONTRIBUTING.md"));
        var named = pages
            .SelectMany(page =>
                Code()
                    .Matches(File.ReadAllText(page))
                    .SelectMany(code => Verb().Matches(code.Value))
                    .Select(match => $"{Path.GetFileName(page)}: {match.Groups["verb"].Value}")
            )
            .ToHashSet(StringComparer.Ordinal);

        Assert.True(named.Count > 50, "the pages name verbs");
        // What a fingerprint is made of begins with the text "lading fingerprint 1".
        string[] known = [.. Root().Subcommands.Select(verb => verb.Name), "fingerprint"];
        Assert.All(named, each => Assert.Contains(each.Split(": ")[1], known));
    }

    private static RootCommand Root()
    {
        var host = new Host
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            In = TextReader.Null,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            WorkingDirectory = SourceTree.Root,
        };
        return Verbs.Root(host, new Terminal(host));
    }

    // At the start of a line in a block, after a key of YAML or &&, or in quotes of code.
    [GeneratedRegex(
        @"(?:^ *|run: |script: |- |&& |`)(?:dotnet )?lading (?<line>(?!run --publish missing -- x)[a-z][^`\n]*?)(?=`| {2,}|$)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex CommandLine();

    [GeneratedRegex(
        @"^```.*?^ *```|`[^`\n]+`",
        RegexOptions.Multiline | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Code();

    [GeneratedRegex(
        @"(?:^ *(?:- )?|run: |script: |&& |`)(?:dotnet |npx )?lading (?<verb>[a-z][a-z-]*)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Verb();

    [GeneratedRegex(@"\$\{\{[^}]*\}\}|\$[A-Z]+", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Placeholder();
}
