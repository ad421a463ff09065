using System.Text.RegularExpressions;
using Lading.Testing;

namespace Lading.Tests.Commands;

/// <summary>A page that nobody finds, or that points to a file that has moved, is worse than none.</summary>
public partial class FindingTheWay
{
    private static string Docs => SourceTree.PathOf("docs");

    [Fact]
    public void The_table_of_contents_has_every_page()
    {
        var contents = File.ReadAllText(Path.Combine(Docs, "README.md"));
        var pages = Directory.GetFiles(Docs, "*.md").Select(Path.GetFileName).Where(page => page != "README.md");

        Assert.All(pages, page => Assert.Contains($"]({page})", contents, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_file_that_the_page_on_the_code_names_is_there()
    {
        var named = ContextPattern()
            .Matches(File.ReadAllText(Path.Combine(Docs, "internals.md")))
            .Select(match => match.Groups["path"].Value)
            .ToList();

        Assert.True(named.Count > 20, "the page names its files");
        Assert.All(named, path => Assert.True(Path.Exists(SourceTree.PathOf(path)), path));
    }

    [Fact]
    public void Every_type_that_the_flows_name_is_there()
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
    public void Every_link_between_pages_leads_to_a_file()
    {
        foreach (var page in Directory.GetFiles(Docs, "*.md"))
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                var target = Path.GetFullPath(link.Groups["target"].Value, Docs);
                Assert.True(Path.Exists(target), $"{Path.GetFileName(page)}: {link.Value}");
            }
        }
    }

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
        @"\]\((?<target>[^)#:\s]+)(?:#[^)]*)?\)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Link();
}
