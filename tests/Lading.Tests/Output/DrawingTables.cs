using Lading.Cli.Output;

namespace Lading.Tests.Output;

public sealed class DrawingTables
{
    [Fact]
    public void Columns_align_below_characters_that_take_two_columns() =>
        Assert.Equal(
            ["  日本語 の検索  ok", $"  plain{new string(' ', 10)}ok", $"  e\u0301{new string(' ', 14)}ok"],
            Lines(0, ["日本語 の検索", "ok"], ["plain", "ok"], ["e\u0301", "ok"])
        );

    [Theory]
    [InlineData(0, "  web  sha256:91bb…  in dev, not in prod: lading promote dev prod")]
    [InlineData(80, "  web  sha256:91bb…  in dev, not in prod: lading promote dev prod")]
    [InlineData(40, "  web  sha256:91bb…  in dev, not in pro…")]
    [InlineData(10, "  web  sha256:91bb…  in dev,…")]
    public void The_last_column_is_shortened_so_that_no_line_is_broken(int width, string expected) =>
        Assert.Equal([expected], Lines(width, ["web", "sha256:91bb…", "in dev, not in prod: lading promote dev prod"]));

    [Fact]
    public void Cutting_keeps_characters_whole() => Assert.Equal(["  a  日本語…"], Lines(13, ["a", "日本語日本語"]));

    [Fact]
    public void The_subject_of_a_commit_in_Japanese_is_cut_by_its_columns() =>
        Assert.Equal(["  web  746a9d4 \"日本語のコミ…"], Lines(30, ["web", "746a9d4 \"日本語のコミット\""]));

    [Fact]
    public void Brackets_in_what_is_cut_are_not_markup() =>
        Assert.Equal(["  a  [[x]] long…"], Lines(14, ["a", "[[x]] longer"]));

    private static List<string> Lines(int width, params IReadOnlyList<string>[] rows)
    {
        var table = new TextTable();
        foreach (var row in rows)
        {
            table.Add(row);
        }

        var lines = new List<string>();
        table.WriteTo(lines.Add, width);
        return lines;
    }
}
