using Lading.Testing.Ignoring;

namespace Lading.Tests.Context;

/// <summary>Each ignore file of the table keeps out what it kept out of a real build.</summary>
public sealed class IgnoringAsDockerDoes
{
    [Fact]
    public void Every_file_of_the_table_is_kept_or_not_as_the_engine_did()
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
    public void An_exception_with_a_wildcard_reaches_into_folders_that_are_kept_out()
    {
        // As BuildKit has it since 0.10, and its documentation says; Docker's client without BuildKit does not look there.
        var table = IgnoreTable.Read();
        var one = table.Cases.Single(one => one is { Tree: "deep", Ignore: "*\n!**/*.go" });

        Assert.Equal(["top.go"], one.Kept);
        Assert.Equal(
            ["src/app/main.go", "src/app/main_test.go", "src/app/testdata/x.go", "top.go", "vendor/a/b/c.go"],
            table.Match(one)
        );
    }
}
