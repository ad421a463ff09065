using Lading.Bases;
using Lading.Cli.Commands;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>The output of <c>bases</c> and <c>bases check</c> (docs/output.md, "bases").</summary>
/// <param name="Statuses">The bases in byte order of the references.</param>
/// <param name="Unused">Pins that no image needs.</param>
internal sealed record BasesScreen(IReadOnlyList<BasePinStatus> Statuses, IReadOnlyList<string> Unused)
{
    /// <summary>Definite failures come before unknown results; null if every base is pinned and current.</summary>
    public FailureKind? Failure =>
        Statuses.Any(each => !each.Holds && each.State != BaseState.Unreachable) ? FailureKind.CheckFailed
        : Statuses.Any(each => !each.Holds) ? FailureKind.Failed
        : null;

    public void Show(Invocation invocation, bool onlyProblems)
    {
        var terminal = invocation.Terminal;
        if (invocation.Json)
        {
            terminal.Result(BasesDocument.Of(this));
            return;
        }

        var now = invocation.Host.Time.GetUtcNow();
        var table = new TextTable();
        foreach (var status in Statuses.Where(each => !onlyProblems || !each.Holds))
        {
            table.Add(
                Markup.Escape(status.Use.Reference),
                status.Use.Digest is { } pinned ? Identifiers.Short(pinned) : "[grey]–[/]",
                Describe(status, now),
                $"[grey]{string.Join(", ", status.Use.Images)}[/]"
            );
        }

        terminal.ResultTable(table);
        foreach (var reference in Unused)
        {
            terminal.Narrate($"  {reference} is pinned, but no image uses it: lading bases update --prune");
        }

        foreach (var failure in Statuses.Select(each => each.Failure).OfType<LadingException>())
        {
            terminal.Failed(failure);
        }

        if (Statuses.Any(each => each is { State: BaseState.Fixed, Use: { NeedsNoPin: false, Pin: null } }))
        {
            terminal.Narrate(
                "  Some bases were never inspected for ONBUILD, so whole contexts count: lading bases update"
            );
        }

        terminal.Result(table.IsEmpty ? $"  {Sum()}" : $"\n  {Sum()}");
        if (Statuses.Any(each => each.State is BaseState.Behind or BaseState.Gone or BaseState.Unpinned))
        {
            terminal.Narrate("  'lading bases update' pins them to the current images; commit lading.bases.json then.");
        }
    }

    private string Sum()
    {
        if (Statuses.Count == 0)
        {
            return "no image is made from another one";
        }

        string[] parts =
        [
            Statuses.Count == 1 ? "1 base" : $"{Statuses.Count} bases",
            .. Part("behind", BaseState.Behind),
            .. Part("gone", BaseState.Gone),
            .. Part("unpinned", BaseState.Unpinned, BaseState.Local, BaseState.Variable),
            .. Part("could not be asked", BaseState.Unreachable),
        ];
        return parts.Length == 1
            ? parts[0] + (Statuses.Count == 1 ? ", pinned and current" : ", all pinned and current")
            : string.Join(" · ", parts);
    }

    private IEnumerable<string> Part(string words, params IReadOnlyList<BaseState> states)
    {
        var count = Statuses.Count(each => states.Contains(each.State));
        return count == 0 ? [] : [$"{count} {words}"];
    }

    private static string Describe(BasePinStatus status, DateTimeOffset now) =>
        status.State switch
        {
            BaseState.Current => $"[green]current[/]{Made(status.Created, now)}",
            BaseState.Behind =>
                $"[yellow]behind[/]{Made(status.Created, now)}; now {Identifiers.Short(status.Current!.Value)}{Made(status.CurrentCreated, now)}",
            BaseState.Unpinned when status.Current is null =>
                "[yellow]unpinned[/], and its registry could not be asked",
            BaseState.Unpinned =>
                $"[yellow]unpinned[/]; now {Identifiers.Short(status.Current!.Value)}{Made(status.CurrentCreated, now)}",
            BaseState.Fixed when status.Use is { NeedsNoPin: false, Pin: null } =>
                $"[green]fixed[/] by its reference{Made(status.Created, now)}, [yellow]not inspected[/]",
            BaseState.Fixed => $"[green]fixed[/] by its reference{Made(status.Created, now)}",
            BaseState.Gone =>
                $"[red]gone[/]: the pinned digest is no longer in the registry; now {Identifiers.Short(status.Current!.Value)}",
            BaseState.Local => "[yellow]local[/]: exists only in an engine on this machine",
            BaseState.Variable => "[yellow]variable[/]: only the engine knows what is meant",
            _ => "[red]unreachable[/]",
        };

    private static string Made(DateTimeOffset? created, DateTimeOffset now) =>
        created is { } time ? $", made {Age.Of(now - time)}" : "";
}
