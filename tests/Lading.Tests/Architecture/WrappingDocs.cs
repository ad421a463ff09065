using Lading.Testing;

namespace Lading.Tests.Architecture;

/// <summary>
/// Pages are wrapped at 100 columns, so that they read the same in an editor, in a terminal and in a review.
/// </summary>
public sealed class WrappingDocs
{
    private const int MostColumns = 100;

    /// <summary>Files that programs write or read, and files that nobody reads in an editor.</summary>
    private static readonly string[] Exempt = ["bench/RESULTS.md", "samples/storefront/src/web/README.md"];

    [Fact]
    public async Task No_line_of_prose_is_longer()
    {
        var found = new List<string>();
        foreach (
            var path in (await Sources.TrackedAsync()).Where(path =>
                path.EndsWith(".md", StringComparison.Ordinal) && !Exempt.Contains(path)
            )
        )
        {
            var lines = await File.ReadAllLinesAsync(SourceTree.PathOf(path), TestContext.Current.CancellationToken);
            found.AddRange(Longer(lines).Select(number => $"{path}:{number}: {lines[number - 1].Length} columns"));
        }

        Assert.Empty(found);
    }

    [Fact]
    public void Tables_and_code_may_be_longer()
    {
        var longer = string.Join(' ', Enumerable.Repeat("word", MostColumns / 4));

        Assert.Equal([1, 6], Longer([longer, $"| {longer} |", "```", longer, "```", longer]));
    }

    /// <summary>The numbers of the lines that are too long, counted from 1.</summary>
    private static IEnumerable<int> Longer(IReadOnlyList<string> lines)
    {
        var isCode = false;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
            }
            else if (!isCode && lines[i].Length > MostColumns && !lines[i].StartsWith('|') && !IsOneWord(lines[i]))
            {
                yield return i + 1;
            }
        }
    }

    /// <summary>An address, for example, cannot be wrapped.</summary>
    private static bool IsOneWord(string line) =>
        !line.Trim().TrimStart('-', '*', ' ').Contains(' ', StringComparison.Ordinal);
}
