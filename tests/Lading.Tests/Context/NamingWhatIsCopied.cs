using System.Text;
using Lading.Context;

namespace Lading.Tests.Context;

/// <summary>Which files of a context a source matches (Dockerfile reference, "COPY"; Go's filepath.Match).</summary>
public sealed class NamingWhatIsCopied
{
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "a/b/c", true)]
    [InlineData("a", "ab", false)]
    [InlineData("a", "b/a", false)]
    [InlineData("a", "A", false)]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/b/c", true)]
    [InlineData("a/b", "a/c", false)]
    // A file or a link in place of a named folder: nothing is below the one, anything behind the other.
    [InlineData("a/b", "a", true)]
    [InlineData("a*/b", "ax", true)]
    [InlineData("a*/b", "b", false)]
    [InlineData("*", "a", true)]
    [InlineData("*", "a/b/c", true)]
    [InlineData("*.md", "x.md", true)]
    [InlineData("*.md", "x.md/y", true)]
    [InlineData("*.md", "a/x.md", false)]
    [InlineData("*/x.md", "a/x.md", true)]
    [InlineData("*/x.md", "a/b/x.md", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("a?", "a\U0001F6A2", true)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("*a*b*", "xxbxxaxx", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[^a-c]x", "dx", true)]
    [InlineData("[^a-c]x", "bx", false)]
    [InlineData("arr[[]0].txt", "arr[0].txt", true)]
    [InlineData("yarn.loc[k]", "yarn.lock", true)]
    // Any number of folders: some engines support this; for others it is exactly one.
    [InlineData("**/x", "x", true)]
    [InlineData("**/x", "a/x", true)]
    [InlineData("**/x", "a/b/x/y", true)]
    [InlineData("a/**/x", "a/b/c/x", true)]
    [InlineData("a/**/x", "b/x", false)]
    [InlineData("a/**", "a/b", true)]
    [InlineData("a/b**c", "a/x/y", true)]
    [InlineData("a/b**c", "b", false)]
    public void A_source_matches_a_file_or_does_not(string source, string path, bool expected)
    {
        var paths = new ReadablePaths([ContextPattern.Parse(source)]);

        Assert.Equal(expected, paths.Covers(path));
        Assert.Equal(expected, Walked(paths, path));
    }

    [Theory]
    [InlineData("[a")]
    [InlineData("[]")]
    [InlineData("a/[b-]/c")]
    public void Refuses_text_that_is_not_a_pattern(string source) =>
        Assert.Throws<FormatException>(() => ContextPattern.Parse(source));

    [Fact]
    public void A_byte_that_is_not_text_is_one_character() =>
        Assert.True(new ReadablePaths([ContextPattern.Parse("a?b")]).Covers("a\uDC80b"));

    [Fact]
    public void Walking_a_tree_gives_the_same_answer_as_asking_for_a_path()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 2_000; round++)
        {
            var paths = new ReadablePaths([
                .. Enumerable
                    .Range(0, random.Next(1, 4))
                    .Select(_ => ContextPattern.Parse(Text(random, "ab*?/", "**/"))),
            ]);
            foreach (var path in Enumerable.Range(0, 10).Select(_ => Text(random, "ab/", "ab/")))
            {
                Assert.Equal(paths.Covers(path), Walked(paths, path));
            }
        }
    }

    /// <summary>Enters each folder on the way, as walking a tree does.</summary>
    private static bool Walked(ReadablePaths paths, string path)
    {
        var walk = new ReadableWalk(paths);
        // A folder entered before must not matter.
        walk.Enters("other/"u8);
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (!walk.Enters(Lading.Git.GitPath.Encode(path[..(slash + 1)])))
            {
                return false;
            }
        }

        return walk.Reads(Lading.Git.GitPath.Encode(path));
    }

    private static string Text(Random random, string alphabet, string piece)
    {
        var text = new StringBuilder();
        for (var length = random.Next(1, 8); length > 0; length--)
        {
            text.Append(random.Next(6) == 0 ? piece : alphabet[random.Next(alphabet.Length)]);
        }

        return CleanPath.Of("/" + text)[1..] is { Length: > 0 } clean ? clean : "a";
    }
}
