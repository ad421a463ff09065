using System.Text.RegularExpressions;
using Lading.Testing;

namespace Lading.Tests.Commands;

/// <summary>A page that nobody finds, or that links to a moved file, is worse than none.</summary>
public partial class FindingTheWay
{
    private const int LinesAtTheTop = 30;
    private const int MostCharacters = 100;

    private static string Docs => SourceTree.PathOf("docs");

    [Fact]
    public void The_table_of_contents_has_every_page()
    {
        var contents = File.ReadAllText(Path.Combine(Docs, "README.md"));
        var pages = Directory.GetFiles(Docs, "*.md").Select(Path.GetFileName).Where(page => page != "README.md");

        Assert.All(pages, page => Assert.Contains($"]({page})", contents, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_page_opens_with_a_command()
    {
        // The table of contents has only links.
        foreach (var page in Directory.GetFiles(Docs, "*.md").Where(page => Path.GetFileName(page) != "README.md"))
        {
            var top = File.ReadLines(page).Take(LinesAtTheTop).ToList();

            Assert.StartsWith("# ", top[0], StringComparison.Ordinal);
            Assert.True(
                Block().Matches(string.Join('\n', top) + "\n```").Any(block => Command().IsMatch(block.Value)),
                $"{Path.GetFileName(page)} shows no command in its first {LinesAtTheTop} lines."
            );
        }
    }

    [Fact]
    public void Every_page_is_wrapped()
    {
        // Tables and code cannot be wrapped.
        foreach (var page in Directory.GetFiles(Docs, "*.md"))
        {
            var prose = Block().Replace(File.ReadAllText(page), "").Split('\n');

            Assert.All(
                prose.Where(line => !line.StartsWith('|') && line.TrimStart().Contains(' ', StringComparison.Ordinal)),
                line => Assert.True(line.Length <= MostCharacters, $"{Path.GetFileName(page)}: {line}")
            );
        }
    }

    [Fact]
    public void Every_file_that_the_page_on_the_code_names_exists()
    {
        var named = ContextPattern()
            .Matches(File.ReadAllText(Path.Combine(Docs, "internals.md")))
            .Select(match => match.Groups["path"].Value)
            .ToList();

        Assert.True(named.Count > 20, "the page names its files");
        Assert.All(named, path => Assert.True(Path.Exists(SourceTree.PathOf(path)), path));
    }

    [Fact]
    public void Every_type_that_the_flows_name_exists()
    {
        var sources = Directory
            .EnumerateFiles(SourceTree.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension)
            .ToHashSet(StringComparer.Ordinal);
        var named = Flow()
            .Matches(File.ReadAllText(Path.Combine(Docs, "internals.md")))
            .SelectMany(block => Hop().Matches(block.Value))
            .SelectMany(hop => hop.Groups["type"].Value.Split([", ", " → "], StringSplitOptions.TrimEntries))
            .Select(type => type.Split('.')[0])
            .ToList();

        Assert.True(named.Count > 20, "the flows name types");
        Assert.All(named, type => Assert.Contains(type, sources));
    }

    [Fact]
    public void Every_link_leads_to_a_file_and_to_a_heading_of_it()
    {
        foreach (var page in Directory.GetFiles(Docs, "*.md").Append(SourceTree.PathOf("README.md")))
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                var target = Path.GetFullPath(link.Groups["target"].Value, Path.GetDirectoryName(page)!);
                Assert.True(
                    link.Groups["target"].Length == 0 || Path.Exists(target),
                    $"{Path.GetFileName(page)}: {link.Value}"
                );
                if (link.Groups["heading"] is { Success: true } heading)
                {
                    var there = link.Groups["target"].Length == 0 ? page : target;
                    Assert.True(
                        Anchors(there).Contains(heading.Value),
                        $"{Path.GetFileName(page)}: {link.Value} names no heading"
                    );
                }
            }
        }
    }

    /// <summary>The anchors that GitHub generates from a page's headings.</summary>
    private static HashSet<string> Anchors(string page) =>
        File.ReadLines(page)
            .Where(line => line.StartsWith('#'))
            .Select(line => NotInAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'))
            .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("`(?<path>(?:src|tests)/[^`]*)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex ContextPattern();

    [GeneratedRegex(
        "^```\n.*?^```",
        RegexOptions.Singleline | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Flow();

    [GeneratedRegex(
        @"^ *(?<type>[A-Z]\w+(?:\.\w+)?(?:(?:, | → )[A-Z]\w+)*)  ",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Hop();

    [GeneratedRegex(
        @"^(?:\$ |(?:lading|cdk|aws|dotnet|npm|\./build) )",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Command();

    [GeneratedRegex(
        "^ *```.*?^ *```",
        RegexOptions.Singleline | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Block();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(
        @"\]\((?<target>[^)#:\s]*)(?:#(?<heading>[^)]*))?\)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Link();
}
