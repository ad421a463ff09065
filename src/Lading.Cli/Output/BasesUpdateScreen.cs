using Lading.Bases;
using Lading.Cli.Commands;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>The output of <c>bases update</c> (docs/output.md, "bases update").</summary>
internal static class BasesUpdateScreen
{
    public static void Show(Invocation invocation, BasesUpdateOutcome outcome)
    {
        var terminal = invocation.Terminal;
        if (invocation.Json)
        {
            terminal.Result(BasesUpdateDocument.Of(outcome));
        }
        else
        {
            ShowTable(invocation, outcome);
        }

        foreach (var use in outcome.Unable)
        {
            terminal.Warn(
                use.KnownState == BaseState.Local
                    ? $"{use.Reference} cannot be pinned: it exists only in an engine on this machine."
                    : $"{use.Reference} cannot be pinned: it contains a variable that only the engine knows."
            );
        }

        foreach (var failure in outcome.Failures)
        {
            terminal.Failed(failure);
        }
    }

    private static void ShowTable(Invocation invocation, BasesUpdateOutcome outcome)
    {
        var now = invocation.Host.Time.GetUtcNow();
        var table = new TextTable();
        foreach (var each in outcome.Resolved.Where(each => each.IsChange))
        {
            var age = each.Created is { } time ? $"[grey]made {Age.Of(now - time)}[/]" : "";
            table.Add(
                Markup.Escape(each.Use.Reference),
                each.Use.Pin is { } before ? Identifiers.Short(before.Digest) : "unpinned",
                "→",
                each.Pin!.Digest == each.Use.Pin?.Digest
                    ? $"the same, {(each.Pin.OnBuild == true ? "with" : "without")} ONBUILD"
                    : Identifiers.Short(each.Pin.Digest),
                age
            );
        }

        foreach (var reference in outcome.Removed)
        {
            table.Add(Markup.Escape(reference), "removed");
        }

        invocation.Terminal.ResultTable(table);
        if (outcome.WrittenTo is { } path)
        {
            invocation.Terminal.Narrate($"\n  Review the change of {path} and commit it.");
        }
        else if (!outcome.Failures.Any())
        {
            invocation.Terminal.Result("  every pin is current");
        }
    }
}
