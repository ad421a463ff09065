using Lading.Testing;

namespace Lading.Tests.Architecture;

/// <summary>A rule of an analyzer that is switched off has its reason beside it.</summary>
public sealed class SwitchingRulesOff
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_rule_that_is_off_has_its_reason()
    {
        var wrong = new List<string>();
        foreach (var path in await Sources.TrackedAsync())
        {
            if (MarkOf(path) is not { } mark)
            {
                continue;
            }

            var lines = await File.ReadAllLinesAsync(SourceTree.PathOf(path), Cancelled);
            wrong.AddRange(
                Enumerable
                    .Range(0, lines.Length)
                    .Where(i => lines[i].Contains(mark.Switch, StringComparison.Ordinal))
                    .Where(i => !HasReason(lines, i, mark))
                    .Select(i => $"{path}:{i + 1}: {lines[i].Trim()}")
            );
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData(false, "x = 1;", "#pragma warning disable CA1")]
    [InlineData(true, "// It is right here.", "#pragma warning disable CA1")]
    [InlineData(true, "x = 1;", "#pragma warning disable CA1 // It is right here.")]
    public void A_reason_is_above_or_beside(bool expected, params string[] lines) =>
        Assert.Equal(expected, HasReason(lines, 1, ("#pragma warning disable", "//")));

    /// <summary>What switches a rule off in a file, and how a comment starts there; null if nothing can.</summary>
    private static (string Switch, string Comment)? MarkOf(string path) =>
        path.EndsWith("Architecture/SwitchingRulesOff.cs", StringComparison.Ordinal) ? null
        : path.EndsWith(".cs", StringComparison.Ordinal) ? ("#pragma warning disable", "//")
        : Path.GetFileName(path) == ".editorconfig" ? (".severity = none", "#")
        : Path.GetExtension(path) is ".csproj" or ".props" or ".targets" ? ("<NoWarn>", "<!--")
        : null;

    /// <summary>Consecutive rules share the reason above the first.</summary>
    private static bool HasReason(IReadOnlyList<string> lines, int line, (string Switch, string Comment) mark)
    {
        if (lines[line].Contains(mark.Comment, StringComparison.Ordinal))
        {
            return true;
        }

        while (line > 0 && lines[line - 1].Contains(mark.Switch, StringComparison.Ordinal))
        {
            line--;
        }

        return line > 0 && lines[line - 1].TrimStart().StartsWith(mark.Comment, StringComparison.Ordinal);
    }
}
