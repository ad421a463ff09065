using System.Globalization;
using Lading.Diagnosis;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>The problems, one line each and the worst first, and how many checks found none.</summary>
internal static class DoctorScreen
{
    private const int MaximumNames = 4;

    /// <summary>Shows a report.</summary>
    /// <param name="terminal">The output.</param>
    /// <param name="report">The report.</param>
    /// <param name="listsPassed">Whether to list checks without problems, too, and all checks that could not
    /// run.</param>
    public static void Show(Terminal terminal, HealthReport report, bool listsPassed)
    {
        foreach (var removed in report.Removed ?? [])
        {
            terminal.Result($"  removed {removed}");
        }

        foreach (var (result, finding) in report.Problems.Where(each => each.Finding.Severity != Severity.Unknown))
        {
            Write(terminal, SignOf(finding.Severity), finding, NameOf(result));
        }

        // A common reason why several checks could not run is shown once.
        var unknown = report.Problems.Where(each => each.Finding.Severity == Severity.Unknown);
        foreach (var group in unknown.GroupBy(each => (each.Finding.Text, each.Finding.Remedy)))
        {
            Write(
                terminal,
                SignOf(Severity.Unknown),
                group.First().Finding,
                Joined([.. group.Select(each => each.Result)], listsPassed ? int.MaxValue : MaximumNames)
            );
        }

        var passed = report.Results.Where(result => result.Severity == Severity.Fine).ToList();
        if (listsPassed)
        {
            var table = new TextTable();
            foreach (var result in passed)
            {
                table.Add(
                    SignOf(Severity.Fine),
                    Markup.Escape(NameOf(result)),
                    Markup.Escape(string.Join("; ", result.Findings.Select(finding => finding.Text)))
                );
            }

            terminal.ResultTable(table);
        }

        var others = report.Results.Count > passed.Count ? "other " : "";
        var seconds = report.Took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        terminal.ResultMarkup(
            $"  {SignOf(Severity.Fine)} {passed.Count} {others}{(passed.Count == 1 ? "check" : "checks")} · {seconds} s"
        );
    }

    private static void Write(Terminal terminal, string sign, HealthFinding finding, string checks)
    {
        var text = finding.Severity == Severity.Unknown ? $"could not look at {checks}: {finding.Text}" : finding.Text;
        // A command after a colon, a sentence after a full stop.
        var remedy =
            finding.Remedy.Length == 0 ? ""
            : char.IsUpper(finding.Remedy[0]) ? $". {finding.Remedy}"
            : $": {finding.Remedy}";
        var name = finding.Severity == Severity.Unknown ? "" : $"  [grey]({Markup.Escape(checks)})[/]";
        terminal.ResultWhole($"  {sign} {Markup.Escape(text + remedy)}{name}");
        foreach (var line in finding.Paste?.Split('\n') ?? [])
        {
            terminal.Result($"      {line}");
        }
    }

    /// <summary>The names of several checks: <c>clock, bootstrap in dev; clock in prod</c>.</summary>
    private static string Joined(IReadOnlyList<HealthResult> results, int most) =>
        string.Join(
            "; ",
            results
                .DistinctBy(result => (result.Check, result.Environment))
                .GroupBy(result => result.Environment, StringComparer.Ordinal)
                .GroupBy(group => Names([.. group.Select(result => result.Check)], most), group => group.Key)
                .Select(places => places.First() is null ? places.Key : $"{places.Key} in {string.Join(", ", places)}")
        );

    private static string Names(IReadOnlyList<string> checks, int most) =>
        Listing.Of(checks, checks.Count <= most ? most : most - 1);

    private static string NameOf(HealthResult result) =>
        result.Environment is null ? result.Check : $"{result.Check}, {result.Environment}";

    private static string SignOf(Severity severity) =>
        severity switch
        {
            Severity.Broken => "[red]✗[/]",
            Severity.Warning => "[yellow]![/]",
            Severity.Unknown => "[yellow]?[/]",
            _ => "[green]✓[/]",
        };
}
