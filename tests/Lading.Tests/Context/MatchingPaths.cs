using System.Text;
using System.Text.RegularExpressions;
using Lading.Context;

namespace Lading.Tests.Context;

public sealed class MatchingPaths
{
    private const int Seed = 20261121;

    [Fact]
    public void A_pattern_matches_what_its_regular_expression_matches()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var (glob, expression) = Pattern(random);
            for (var j = 0; j < 10; j++)
            {
                var path = Text(random, "ab/\n.", 10);
                Assert.True(
                    expression.IsMatch(path) == glob.Matches(path),
                    $"{expression} and '{path}' (seed {Seed}, pattern {i})"
                );
            }
        }
    }

    [Theory]
    [InlineData("**/*.log", "a.log", true)]
    [InlineData("**/*.log", "a/b/c.log", true)]
    [InlineData("**/*.log", "a/b/c.log/d", false)]
    [InlineData("a/*/c", "a/b/c", true)]
    [InlineData("a/*/c", "a/b/d/c", false)]
    [InlineData("a/**/c", "a/c", true)]
    [InlineData("a/**/c", "a/b/d/c", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("?", "é", true)]
    [InlineData("?", "😀", true)]
    [InlineData("*😀", "a😀", true)]
    [InlineData("*😀", "a😁", false)]
    [InlineData(@"\*", "*", true)]
    [InlineData(@"\*", "a", false)]
    [InlineData("*.[ch]", "a.c", true)]
    [InlineData("*.[ch]", "a.d", false)]
    [InlineData("*a^b", "xa^b", false)]
    [InlineData("*.(x|y)", "a.(x|y)", true)]
    [InlineData("*.(x|y)", "a.x", false)]
    public void Patterns_mean_what_they_mean_to_Docker(string pattern, string path, bool matches) =>
        Assert.Equal(matches, IgnorePattern.Parse(pattern, isException: false).Matches(path));

    [Fact]
    public void A_byte_that_is_not_text_is_one_character() =>
        Assert.True(IgnorePattern.Parse("a?b", isException: false).Matches("a\uDC80b"));

    [Fact]
    public void A_pattern_of_many_stars_is_not_slow()
    {
        var pattern = IgnorePattern.Parse(string.Concat(Enumerable.Repeat("*a", 30)) + "b", isException: false);

        Assert.False(pattern.Matches(new string('a', 10_000)));
    }

    [Fact]
    public void A_pattern_with_more_steps_than_a_word_has_bits_works_too()
    {
        var text = new string('a', 100);

        Assert.True(IgnorePattern.Parse(text + "*", isException: false).Matches(text + "b"));
        Assert.False(IgnorePattern.Parse(text + "*", isException: false).Matches(text[1..] + "b"));
    }

    [Theory]
    [InlineData("bin", "bin/a", true)]
    [InlineData("bin", "src/bin/a", false)]
    [InlineData("**/bin", "src/bin/a", true)]
    [InlineData("*\n!keep", "keep/a", false)]
    [InlineData("*\n!keep", "lose/a", true)]
    [InlineData("a\n!a/b", "a/b", false)]
    [InlineData("a\n!a/b", "a/c", true)]
    [InlineData("*.md\n!README.md", "README.md", false)]
    [InlineData("*.md\n!README.md", "docs/README.md", false)]
    public void An_ignored_folder_excludes_what_is_in_it(string rules, string path, bool isIgnored) =>
        Assert.Equal(isIgnored, IgnoreRules.Parse(Encoding.UTF8.GetBytes(rules)).CreateMatcher().IsIgnored(path));

    [Fact]
    public void Paths_may_be_asked_about_in_any_order()
    {
        var matcher = IgnoreRules.Parse("a\nb/c\n**/*.log"u8).CreateMatcher();

        Assert.Equal(
            [true, false, true, true, false, true, false],
            new[] { "a/x", "b/x", "b/c/d/e", "b/x.log", "c", "a/b/c", "b/d/e" }.Select(path => matcher.IsIgnored(path))
        );
        Assert.True(matcher.ExcludesAllOf("a/b"));
        Assert.False(matcher.ExcludesAllOf("b"));
        Assert.False(IgnoreRules.Parse("a\n!x"u8).CreateMatcher().ExcludesAllOf("a"));
    }

    private static (Glob Glob, Regex Expression) Pattern(Random random)
    {
        var glob = new Glob.Builder();
        var expression = new StringBuilder("^");
        for (var steps = random.Next(1, 7); steps > 0; steps--)
        {
            switch (random.Next(7))
            {
                case 0:
                    glob.AnyOne();
                    expression.Append("[^/]");
                    break;
                case 1:
                    glob.AnyInFolder();
                    expression.Append("[^/]*");
                    break;
                case 2:
                    glob.Anything();
                    expression.Append(".*");
                    break;
                case 3:
                    glob.MaybeFolders();
                    expression.Append("(?:.*/)?");
                    break;
                default:
                    var character = Text(random, "ab/.", 1)[0];
                    glob.Literal(character);
                    expression.Append(Regex.Escape(character.ToString()));
                    break;
            }
        }

        return (
            glob.Build()!,
            new Regex(
                expression + @"\z",
                RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(5)
            )
        );
    }

    private static string Text(Random random, string alphabet, int most) =>
        string.Concat(
            Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => alphabet[random.Next(alphabet.Length)])
        );
}
