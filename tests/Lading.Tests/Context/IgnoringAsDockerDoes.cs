using Lading.Testing.Ignoring;

namespace Lading.Tests.Context;

/// <summary>Each ignore file in the table excludes what it excluded from a real build.</summary>
public sealed class IgnoringAsDockerDoes
{
    [Fact]
    public void Every_file_in_the_table_is_kept_or_ignored_as_by_the_engine()
    {
        var table = IgnoreTable.Read();
        Assert.InRange(table.Cases.Count, 300, 10_000);

        var wrong = table
            .Cases.Select(one => (Case: one, Kept: table.Match(one, prunes: true)))
            .Where(pair => !pair.Kept.SequenceEqual(pair.Case.Kept))
            .Select(pair =>
                $"{pair.Case.Ignore.ReplaceLineEndings(" | ")} of {pair.Case.Tree}: too much: {string.Join(' ', pair.Kept.Except(pair.Case.Kept))}; too little: {string.Join(' ', pair.Case.Kept.Except(pair.Kept))}"
            );

        Assert.Empty(wrong);
    }

    [Fact]
    public void An_exception_with_a_wildcard_reaches_into_ignored_folders()
    {
        // As in BuildKit since 0.10, and in its documentation; Docker's client without BuildKit does not look there.
        var table = IgnoreTable.Read();
        var one = table.Cases.Single(one => one is { Tree: "deep", Ignore: "*\n!**/*.go" });

        Assert.Equal(["top.go"], one.Kept);
        Assert.Equal(
            ["src/app/main.go", "src/app/main_test.go", "src/app/testdata/x.go", "top.go", "vendor/a/b/c.go"],
            table.Match(one)
        );
    }
}
