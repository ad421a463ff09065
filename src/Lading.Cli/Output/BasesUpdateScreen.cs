using Lading.Bases;
using Lading.Cli.Commands;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>The output of <c>bases update</c> (docs/output.md, "bases update").</summary>
/// <param name="Resolved">The bases whose registries were asked.</param>
/// <param name="Unable">Those that cannot be pinned.</param>
/// <param name="Removed">The removed pins.</param>
/// <param name="WrittenTo">The file that was written; null if nothing changed.</param>
internal sealed record BasesUpdateScreen(
    IReadOnlyList<ResolvedPin> Resolved,
    IReadOnlyList<BaseUse> Unable,
    IReadOnlyList<string> Removed,
    string? WrittenTo
)
{
    public IEnumerable<LadingException> Failures => Resolved.Select(each => each.Failure).OfType<LadingException>();

    public void Show(Invocation invocation)
    {
        var terminal = invocation.Terminal;
        if (invocation.Json)
        {
            terminal.Result(BasesUpdateDocument.Of(this));
        }
        else
        {
            ShowTable(invocation);
        }

        foreach (var use in Unable)
        {
            terminal.Warn(
                use.KnownState == BaseState.Local
                    ? $"{use.Reference} cannot be pinned: it exists only in an engine on this machine."
                    : $"{use.Reference} cannot be pinned: it contains a variable that only the engine knows."
            );
        }

        foreach (var failure in Failures)
        {
            terminal.Failed(failure);
        }
    }

    private void ShowTable(Invocation invocation)
    {
        var now = invocation.Host.Time.GetUtcNow();
        var table = new TextTable();
        foreach (var each in Resolved.Where(each => each.IsChange))
        {
            var made = each.Created is { } time ? $"[grey]made {Age.Of(now - time)}[/]" : "";
            table.Add(
                Markup.Escape(each.Use.Reference),
                each.Use.Pin is { } before ? Identifiers.Short(before.Digest) : "unpinned",
                "→",
                each.Pin!.Digest == each.Use.Pin?.Digest
                    ? $"the same, {(each.Pin.OnBuild == true ? "with" : "without")} ONBUILD"
                    : Identifiers.Short(each.Pin.Digest),
                made
            );
        }

        foreach (var reference in Removed)
        {
            table.Add(Markup.Escape(reference), "removed");
        }

        invocation.Terminal.ResultTable(table);
        if (WrittenTo is not null)
        {
            invocation.Terminal.Narrate($"\n  Review the change of {WrittenTo} and commit it.");
        }
        else if (!Failures.Any())
        {
            invocation.Terminal.Result("  every pin is current");
        }
    }
}
