using System.Text.RegularExpressions;
using Lading.Testing;

namespace Lading.Tests.Architecture;

/// <summary>
/// Short, idiomatic English in docs, comments and messages: these phrases are translated rather than written.
/// </summary>
public sealed partial class WritingPlainly
{
    /// <summary>Files that may contain these phrases.</summary>
    private static readonly string[] Exempt =
    [
        // Lists the phrases to look for.
        "tests/Lading.Tests/Architecture/WritingPlainly.cs",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("It is no image.", "It is not an image.")]
    [InlineData("The tag stands on another digest.", "The tag points to another digest.")]
    [InlineData("the command that mends it", "the command that fixes it")]
    [InlineData("leave the digest away", "remove the digest")]
    [InlineData("Tokens are to be had there.", "It issues tokens.")]
    [InlineData("Holds that the account is right.", "Ensures that the account is right.")]
    [InlineData("read for ever", "always readable")]
    [InlineData("written anew", "written again")]
    [InlineData("null where there is none", "null if there is none")]
    [InlineData(
        "/// <returns>Null where ECS does not say.</returns>",
        "/// <returns>Null if ECS does not say.</returns>"
    )]
    [InlineData("It is mended by a message.", "A message corrects it.")]
    [InlineData("What came of it.", "The outcome.")]
    [InlineData("Nothing of it is repeated.", "None of it is repeated.")]
    [InlineData(
        "/// <summary>As many as one call takes.</summary>",
        "/// <summary>The most that one call takes.</summary>"
    )]
    [InlineData("read, lest it block", "read, so that it does not block")]
    public void A_translated_phrase_is_distinguished_from_a_plain_one(string translated, string plain)
    {
        Assert.Matches(Translated(), translated);
        Assert.DoesNotMatch(Translated(), plain);
    }

    [Theory]
    [InlineData("There is no such tag.")]
    [InlineData("It is no longer there.")]
    [InlineData("recommend, amendment, mending")]
    public void Plain_phrases_that_look_alike_are_fine(string plain) => Assert.DoesNotMatch(Translated(), plain);

    [Fact]
    public async Task Docs_comments_and_messages_have_no_translated_phrase()
    {
        var found = new List<string>();
        foreach (var path in (await Sources.TrackedAsync()).Where(IsProse))
        {
            var lines = await File.ReadAllLinesAsync(SourceTree.PathOf(path), Cancelled);
            found.AddRange(
                lines
                    .Select((line, i) => (Match: Translated().Match(line), Number: i + 1))
                    .Where(line => line.Match.Success)
                    .Select(line => $"{path}:{line.Number}: {line.Match.Value}")
            );
        }

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("A_missing_lock_is_told", "A_missing_lock_is_reported")]
    [InlineData("It_is_no_image", "It_is_not_an_image")]
    [InlineData("The_tag_stands_on_another_digest", "The_tag_points_to_another_digest")]
    [InlineData("What_is_missing_is_named", "Missing_files_are_named")]
    [InlineData("Whoever_comes_second_waits", "The_second_waits")]
    public void A_translated_name_is_distinguished_from_a_plain_one(string translated, string plain)
    {
        Assert.True(IsTranslated(translated));
        Assert.False(IsTranslated(plain));
    }

    [Fact]
    public async Task No_test_has_a_translated_name()
    {
        var found = new List<string>();
        foreach (var path in (await Sources.CodeAsync()).Where(path => !Exempt.Contains(path)))
        {
            var text = await File.ReadAllTextAsync(SourceTree.PathOf(path), Cancelled);
            found.AddRange(
                NamesOfTests()
                    .Matches(text)
                    .Select(match => match.Groups["name"].Value)
                    .Where(IsTranslated)
                    .Select(name => $"{path}: {name}")
            );
        }

        Assert.Empty(found);
    }

    private static bool IsTranslated(string name)
    {
        var words = name.Replace('_', ' ');
        return Translated().IsMatch(words) || Reported().IsMatch(words) || Relative().IsMatch(words);
    }

    private static bool IsProse(string path) =>
        !Exempt.Contains(path)
        && (
            path.EndsWith(".md", StringComparison.Ordinal)
            || (IsOurCode(path) && Path.GetExtension(path) is ".cs" or ".ts" or ".py" or ".mjs")
        );

    private static bool IsOurCode(string path) =>
        path.StartsWith("src/", StringComparison.Ordinal)
        || path.StartsWith("tests/", StringComparison.Ordinal)
        || path.StartsWith("bench/", StringComparison.Ordinal);

    [GeneratedRegex(
        """
            (?<!\bthere\ )\b(is|are)\ no\ (?!longer|more|less|better|fewer|such|one\b)\w
            | \bstands?\ on\b
            | \bmend(s|ed)?\b
            | \bleaves?\ (\w+\ ){0,3}away\b | \bleft\ away\b
            | \bto\ be\ had\b
            | \bholds\ that\b
            | \bfor\ ever\b
            | \banew\b
            | \bwhere\ there\ (is|are)\ none\b
            | \bhas\ no\ use\ for\b
            | \bgoes\ by\b
            | //.*\b(null|empty|undefined)\ where\b
            | \bwhat\ came\ of\b
            | \bnothing\ of\ (it|them|itself)\b
            | \blest\ (it|he|they|a|the)\b
            | >As\ many\ (\w+\ )?as\b
            """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Translated();

    /// <summary>Output is shown or reported, not "said" or "told".</summary>
    [GeneratedRegex(
        @"\b(is|are|was|were) (told|said)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Reported();

    [GeneratedRegex(
        @"\b(void|Task) (?<name>[A-Z]\w*_\w+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex NamesOfTests();

    /// <summary>A name whose subject is a clause: say who does it, or what it is done to.</summary>
    [GeneratedRegex(
        "^(?:What|Who|Where|Whatever|Whoever) ",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Relative();
}
