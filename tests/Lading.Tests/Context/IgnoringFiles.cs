using System.Text;
using Lading.Context;

namespace Lading.Tests.Context;

/// <summary>
/// Docker's rules for ignore files (its documentation, ".dockerignore file"; moby's pattern matcher for corner cases).
/// </summary>
public sealed class IgnoringFiles
{
    [Theory]
    // Plain names, from the root of the context, with everything below them.
    [InlineData("a", "a", true)]
    [InlineData("a", "a/b/c", true)]
    [InlineData("a", "b/a", false)]
    [InlineData("a", "ab", false)]
    [InlineData("/a", "a", true)]
    [InlineData("./a/", "a", true)]
    [InlineData("a/../b", "b", true)]
    [InlineData("a/b", "a/b/c", true)]
    [InlineData("a/b", "a", false)]
    [InlineData("..", "a", false)]
    [InlineData(".", "a", false)]
    // One star stays within a folder.
    [InlineData("*", "a", true)]
    [InlineData("*", "a/b", true)]
    [InlineData("*.md", "x.md", true)]
    [InlineData("*.md", "deep/x.md", false)]
    [InlineData("*/*.md", "deep/x.md", true)]
    [InlineData("*/*.md", "deep/er/x.md", false)]
    [InlineData("*/temp*", "some/temporary/x", true)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*c", "ab/c", false)]
    // Two stars match any number of folders, or none.
    [InlineData("**/*.md", "x.md", true)]
    [InlineData("**/*.md", "deep/er/x.md", true)]
    [InlineData("**", "a/b", true)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("a/**", "ab", false)]
    [InlineData("**/a", "x/y/a/z", true)]
    [InlineData("**/a", "ba", false)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**/b", "ax/b", false)]
    [InlineData("**/node_modules/", "x/node_modules/y", true)]
    // One character, classes, escapes.
    [InlineData("temp?", "tempa", true)]
    [InlineData("temp?", "temp", false)]
    [InlineData("temp?", "temp/", false)]
    [InlineData("[ab]", "a", true)]
    [InlineData("[ab]", "c", false)]
    [InlineData("[^ab]", "c", true)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData(@"\*", "*", true)]
    [InlineData(@"\*", "a", false)]
    [InlineData(@"a\!b", "a!b", true)]
    // What is special to other tools is literal here.
    [InlineData("a.c", "abc", false)]
    [InlineData("a+(b)|{c}$", "a+(b)|{c}$", true)]
    [InlineData("{a,b}", "a", false)]
    [InlineData("A", "a", false)]
    public void A_pattern_covers_what_Docker_documents(string pattern, string path, bool expected) =>
        Assert.Equal(expected, IsIgnored(pattern, path));

    [Theory]
    [InlineData("*\n!a", "a", false)]
    [InlineData("*\n!a", "b", true)]
    [InlineData("*\n!a", "a/b", false)]
    [InlineData("*.md\n!README*.md\nREADME-secret.md", "README.md", false)]
    [InlineData("*.md\n!README*.md\nREADME-secret.md", "README-secret.md", true)]
    [InlineData("*.md\nREADME-secret.md\n!README*.md", "README-secret.md", false)]
    [InlineData("a\n!a/b", "a/b", false)]
    [InlineData("a\n!a/b", "a/c", true)]
    [InlineData("a\n!a/b/c", "a/b/c", false)]
    [InlineData("a/*\n!a/b", "a/b/c", false)]
    [InlineData("**/x\n!**/keep/x", "keep/x", false)]
    [InlineData("!a", "a", false)]
    [InlineData("!a\na", "a", true)]
    [InlineData("*\n!**/*.go", "deep/x.go", false)]
    [InlineData("*\n!**/*.go", "deep/x.md", true)]
    public void Later_lines_win(string file, string path, bool expected) =>
        Assert.Equal(expected, IsIgnored(file, path));

    [Theory]
    [InlineData("# a\nb", "a", false)]
    [InlineData("# a\nb", "b", true)]
    [InlineData(" #a", "#a", true)]
    [InlineData("\n\n  a  \t\n", "a", true)]
    [InlineData("a\r\nb\r\n", "a", true)]
    [InlineData("! a\n", "a", false)]
    [InlineData("\uFEFFa\n", "a", true)]
    [InlineData("a b", "a b", true)]
    [InlineData("", "a", false)]
    public void Lines_are_read_as_Docker_reads_them(string file, string path, bool expected) =>
        Assert.Equal(expected, IsIgnored(file, path));

    [Theory]
    [InlineData("a\n[\n", "line 2")]
    [InlineData("[]", "line 1")]
    [InlineData("[a", "line 1")]
    [InlineData("[a-]", "line 1")]
    [InlineData("a\\", "line 1")]
    [InlineData("ok\n\n!", "line 3")]
    public void A_line_that_is_not_a_pattern_is_an_error_that_names_it(string file, string line) =>
        Assert.StartsWith(line, Assert.Throws<FormatException>(() => IsIgnored(file, "a")).Message);

    [Fact]
    public void The_order_of_paths_does_not_change_the_answers()
    {
        var rules = IgnoreRules.Parse("**/x\n!a/x/keep\nb/*\n!b/c\n"u8);
        string[] paths = ["a/x/keep", "a/x/other", "x", "b/c/d", "b/d/e", "a/y", "a/x/keep/more", "b/x"];
        var alone = paths.ToDictionary(path => path, path => rules.CreateMatcher().IsIgnored(path));

        var (forward, backward) = (rules.CreateMatcher(), rules.CreateMatcher());

        Assert.All(paths, path => Assert.Equal(alone[path], forward.IsIgnored(path)));
        Assert.All(paths.Reverse(), path => Assert.Equal(alone[path], backward.IsIgnored(path)));
    }

    private static bool IsIgnored(string file, string path) =>
        IgnoreRules.Parse(Encoding.UTF8.GetBytes(file)).CreateMatcher().IsIgnored(path);
}
