using Lading.Cli.Commands;
using Lading.Context;
using Lading.Explaining;
using Lading.Git;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>The difference between two states of an image (docs/output.md, "why --from").</summary>
internal sealed record DifferenceScreen(
    ExplainedImage Before,
    ExplainedImage After,
    ImageDifference Difference,
    DifferenceHistory History
)
{
    /// <summary>The maximum number of commits to show for one file.</summary>
    private const int MaximumCommits = 3;

    /// <summary>Whether the image's entry in the working tree's <c>lading.json</c> is uncommitted.</summary>
    public bool AreSettingsUncommitted =>
        After.Uncommitted.Contains($"{OwnFiles.Configuration} (images.{After.Inputs.Image})");

    private bool IsSame => Before.Inputs.Fingerprint == After.Inputs.Fingerprint;

    /// <summary>Whether the working tree's pin of a base is uncommitted.</summary>
    public bool IsUncommitted(BaseChange change) =>
        After.Uncommitted.Contains($"{OwnFiles.BasePins} ({change.Reference})");

    public void Show(Invocation invocation)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(DifferenceDocument.Of(this));
            return;
        }

        var terminal = invocation.Terminal;
        var name = After.Inputs.Image;
        var tag = Identifiers.Short(After.Inputs.Fingerprint.SourceTag);
        if (IsSame)
        {
            terminal.ResultMarkup(
                $"  [bold]{name}[/]  {tag}  is the same in both: {Markup.Escape(SideText.Of(After))} · {Markup.Escape(SideText.Of(Before))}"
            );
            return;
        }

        terminal.ResultMarkup(
            $"  [bold]{name}[/]  {tag} [grey]({Markup.Escape(SideText.Of(After))})[/]  ←  {Identifiers.Short(Before.Inputs.Fingerprint.SourceTag)} [grey]({Markup.Escape(SideText.Of(Before))})[/]"
        );
        var table = new TextTable();
        foreach (var change in Difference.Files)
        {
            AddFile(table, change);
        }

        foreach (var change in Difference.Bases)
        {
            Add(
                table,
                "base",
                change.Reference,
                $"{DigestOf(change.Before)} → {DigestOf(change.After)}",
                History.OfBase(change.Reference),
                IsUncommitted(change)
            );
        }

        foreach (var change in Difference.Settings)
        {
            var values = $"{Markup.Escape(change.Before ?? "—")} → {Markup.Escape(change.After ?? "—")}";
            Add(table, "set", change.Name, values, History.OfSettings, AreSettingsUncommitted);
        }

        terminal.ResultTable(table);
        terminal.Result($"    {Sum()}");
        Explain(terminal);
    }

    private void AddFile(TextTable table, FileChange change)
    {
        var colour = change.Kind switch
        {
            'A' => "green",
            'D' => "red",
            _ => "yellow",
        };
        var what =
            After.Uncommitted.Contains(change.FullPath) ? "not committed"
            : change.IsModeOnly ? "another mode"
            : "";
        var commits = History.OfFile(change.FullPath);
        var first = commits.Count == 0 ? what : $"{Text(commits[0])}{(what.Length > 0 ? $", {what}" : "")}";
        table.Add(
            $"  [{colour}]{change.Kind}[/]",
            Markup.Escape(ControlCharacters.ShownInLine(change.FullPath)),
            first
        );
        AddMore(table, commits);
    }

    private static void Add(
        TextTable table,
        string kind,
        string name,
        string value,
        IReadOnlyList<FileCommit> commits,
        bool isUncommitted
    )
    {
        table.Add($"  [blue]{kind}[/]", Markup.Escape(name), value + (isUncommitted ? "  not committed" : ""));
        foreach (var commit in commits.Take(MaximumCommits))
        {
            table.Add("", "", Text(commit));
        }
    }

    private static void AddMore(TextTable table, IReadOnlyList<FileCommit> commits)
    {
        foreach (var commit in commits.Skip(1).Take(MaximumCommits - 1))
        {
            table.Add("", "", Text(commit));
        }

        if (commits.Count > MaximumCommits)
        {
            table.Add("", "", $"[grey]and {commits.Count - MaximumCommits} more[/]");
        }
    }

    private static string Text(FileCommit commit) =>
        $"{ShortCommit.Of(commit.Id.ToString())}  \"{Markup.Escape(ControlCharacters.ShownInLine(commit.Subject))}\"{(commit.IsUndone ? " [grey](not in it any more)[/]" : "")}";

    private static string DigestOf(Provenance.BaseRecord? record) =>
        record is null ? "—"
        : record.Counting is { } digest ? Identifiers.Short(digest)
        : "by its name";

    private string Sum()
    {
        string[] differing =
        [
            .. Count(Difference.Files.Count, "file"),
            .. Count(Difference.Bases.Count, "base"),
            .. Count(Difference.Settings.Count, "setting"),
        ];
        string[] same =
        [
            .. Difference.Files.Count == 0 ? ["files"] : Array.Empty<string>(),
            .. Difference.Bases.Count == 0 ? ["bases"] : Array.Empty<string>(),
            .. Difference.Settings.Count == 0 ? ["arguments, target and platforms"] : Array.Empty<string>(),
        ];
        return (differing.Length, same.Length) switch
        {
            (0, _) => "no input differs that is listed: the rules of the fingerprint may have changed",
            (_, 0) => string.Join(", ", differing),
            _ => $"{string.Join(", ", differing)}; {string.Join(", ", same)} are the same",
        };
    }

    private static IEnumerable<string> Count(int number, string noun) =>
        number == 0 ? [] : [$"{number} {noun}{(number == 1 ? "" : "s")}"];

    private void Explain(Terminal terminal)
    {
        var unknown =
            Before.Known is null ? Before
            : After.Known is null ? After
            : null;
        if (unknown?.Inputs.Commit is { } commit)
        {
            terminal.Narrate(
                $"  Commit {ShortCommit.Of(commit.ToString())} is not in this clone, so no commits are named: git fetch, or git fetch --unshallow in a shallow one."
            );
        }
        else if (unknown is not null)
        {
            terminal.Narrate($"  {SideText.Of(unknown)} has no commit, so no commits are named.");
        }
        else if (History.Files.IsCut)
        {
            terminal.Narrate("  This clone is shallow: commits may be missing. git fetch --unshallow brings them.");
        }
    }
}
