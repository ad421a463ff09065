using System.Globalization;
using Lading.Rollbacks;
using Lading.Running;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>What runs where: a row for each image, a column for HEAD and each environment, and the problems below.</summary>
internal static class StatusScreen
{
    public static void Show(Terminal terminal, StatusReport report)
    {
        var table = new TextTable();
        var header = new List<string> { "", report.Heads.Count > 0 ? "HEAD" : "" };
        foreach (var environment in report.Environments)
        {
            header.AddRange([Markup.Escape(environment.Evidence.Name), "", "", ""]);
        }

        table.Add(header);
        foreach (var row in report.Rows)
        {
            var head = report.Heads.FirstOrDefault(each => each.Name == row);
            var cells = new List<string> { Markup.Escape(row), HeadOf(head, report.KnowsRegistries) };
            foreach (var environment in report.Environments)
            {
                cells.AddRange(CellOf(environment, row, report));
            }

            table.Add(cells);
        }

        if (report.Rows.Count > 0)
        {
            terminal.ResultTable(table);
        }

        ShowReasons(terminal, report);
        ShowStuck(terminal, report);
        ShowOthers(terminal, report);
        ShowUnread(terminal, report);
        if (report.Rows.Count == 0 && report.KnowsStacks)
        {
            terminal.ResultMarkup("  No stack runs an image there.");
        }
    }

    private static string HeadOf(HeadCell? head, bool isKnown) =>
        head switch
        {
            null => "",
            { Reason: not null, Revision: { } held } => $"{ShortCommit.Of(held)} held",
            { Reason: not null } => "held",
            { Revision: { } revision } => ShortCommit.Of(revision),
            _ => isKnown ? "not published" : "unknown",
        };

    /// <summary>
    /// The commit, the tasks, the sign and the reason; for several containers of an image, those of the worst one and
    /// the total of tasks.
    /// </summary>
    private static string[] CellOf(EnvironmentStatus environment, string row, StatusReport report)
    {
        if (environment.Evidence.Failure is not null)
        {
            return ["[red]unreadable[/]", "", "", ""];
        }

        return StatusCell.Find(environment, row, report) is { } cell
            ? [cell.Version, cell.Tasks, StateWords.Sign(cell.Worst.State), Note(cell)]
            : ["–", "", "", ""];
    }

    /// <summary>
    /// The age is shown only in the state "running": in the others, it could be taken for the age of the deployment in
    /// progress.
    /// </summary>
    private static string Note(StatusCell cell) =>
        cell.Worst.State switch
        {
            RunningState.Running => cell.Behind > 0 ? cell.BehindText : cell.Age,
            _ => string.Join(
                ", ",
                new[] { StateWords.TextOf(cell.Worst.State), cell.PinnedText }.Where(each => each.Length > 0)
            ),
        };

    private static void ShowReasons(Terminal terminal, StatusReport report)
    {
        var table = new TextTable();
        foreach (var environment in report.Environments)
        {
            foreach (var container in environment.Containers.Where(each => each.State != RunningState.Running))
            {
                table.Add(
                    Markup.Escape(environment.Evidence.Name),
                    Markup.Escape($"{container.Stack}/{container.Service}"),
                    Markup.Escape(container.Container),
                    Markup.Escape(
                        container.Reason.Length == 0
                            ? StateWords.TextOf(container.State)
                            : $"{StateWords.TextOf(container.State)}: {container.Reason}"
                    )
                );
            }
        }

        Section(terminal, "", table);
    }

    /// <summary>Shows stacks that accept no update until they are repaired, whatever runs in them.</summary>
    private static void ShowStuck(Terminal terminal, StatusReport report)
    {
        foreach (var environment in report.Environments)
        {
            foreach (var stack in environment.Evidence.Stacks.Where(StackReadiness.IsStuck))
            {
                terminal.ResultWhole(
                    Markup.Escape(
                        $"\n  {environment.Evidence.Name}  {stack.Name} is {stack.Status}. {StackReadiness.WhyNot(stack, environment.Evidence)!.Remedy}"
                    )
                );
            }
        }
    }

    private static void ShowOthers(Terminal terminal, StatusReport report)
    {
        var table = new TextTable();
        foreach (var environment in report.Environments)
        {
            foreach (var container in environment.Others)
            {
                table.Add(
                    Markup.Escape(environment.Evidence.Name),
                    Markup.Escape($"{container.Cluster}/{container.Service}"),
                    Markup.Escape(container.Container),
                    Markup.Escape(container.Reference ?? ""),
                    container.Desired is { } desired
                        ? string.Create(CultureInfo.InvariantCulture, $"{container.Tasks}/{desired}")
                        : string.Create(CultureInfo.InvariantCulture, $"{container.Tasks}")
                );
            }
        }

        Section(terminal, "Outside of all stacks:", table);
    }

    private static void ShowUnread(Terminal terminal, StatusReport report)
    {
        var table = new TextTable();
        foreach (var environment in report.Environments)
        {
            if (environment.Evidence.Failure is { } failure)
            {
                table.Add(
                    Markup.Escape(environment.Evidence.Name),
                    Markup.Escape(Sentences.Of(failure.CameBack, failure.Remedy))
                );
            }

            foreach (var fact in environment.Evidence.Unread.DistinctBy(each => (each.Reason, each.Remedy)))
            {
                table.Add(
                    Markup.Escape(environment.Evidence.Name),
                    Markup.Escape(Sentences.Of(fact.Reason, fact.Remedy))
                );
            }
        }

        if (report.HeadFailure is { } head)
        {
            table.Add("HEAD", Markup.Escape(Sentences.Of(head.CameBack, head.Remedy)));
        }

        Section(terminal, "Could not be read:", table);
    }

    private static void Section(Terminal terminal, string title, TextTable table)
    {
        if (table.IsEmpty)
        {
            return;
        }

        terminal.ResultMarkup("");
        if (title.Length > 0)
        {
            terminal.ResultMarkup(title);
        }

        terminal.ResultTable(table);
    }
}
