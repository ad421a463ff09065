using Lading.Rollbacks;
using Lading.Running;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>What a rollback would do: the releases, the containers, and what it does not undo.</summary>
internal static class RollbackScreen
{
    private const int MaximumNames = 6;

    public static void Show(Terminal terminal, RollbackPlan plan)
    {
        var table = new TextTable();
        table.Add([$"{Markup.Escape(plan.Stack.Name)} now", .. CellsOf(plan.Current, plan)]);
        table.Add(["going back to", .. CellsOf(plan.Target, plan)]);
        terminal.ResultTable(table);
        ShowContainers(terminal, plan);
        ShowCounts(terminal, plan);
        ShowStaying(terminal, plan);
        foreach (var fact in plan.Unread)
        {
            terminal.ResultMarkup(Markup.Escape($"  not read, and so perhaps missing above: {fact.Reason}"));
        }
    }

    /// <summary>Shows why a rollback is impossible, and the alternatives.</summary>
    public static void ShowObstacles(Terminal terminal, RollbackPlan plan)
    {
        if (plan.Obstacles.Count == 0)
        {
            return;
        }

        terminal.ResultMarkup("");
        foreach (var obstacle in plan.Obstacles)
        {
            terminal.ResultMarkup($"  [red]✗[/] {Markup.Escape(obstacle)}");
        }

        terminal.ResultMarkup(Markup.Escape($"  Nothing was changed. {plan.Others}"));
    }

    private static IEnumerable<string> CellsOf(Release release, RollbackPlan plan)
    {
        yield return $"#{release.Version}";
        yield return UtcText.Minute(release.When);
        yield return Markup.Escape(
            string.Join(
                ", ",
                plan.Swaps.Select(swap => swap.Image)
                    .Distinct(StringComparer.Ordinal)
                    .Where(release.Images.ContainsKey)
                    .Select(name => $"{name} {CommitOf(release, name, plan)}")
            )
        );
        yield return release.RanFor is { } ran ? $"ran {Duration.Of(ran)}" : "";
    }

    private static string CommitOf(Release release, string name, RollbackPlan plan)
    {
        var revision = release.Revisions.GetValueOrDefault(name);
        return revision is null ? ReleaseFacts.DigestOf(release.Images[name])?.Short ?? release.Images[name]
            : plan.History.Subjects.GetValueOrDefault(revision) is { } subject
                ? $"{ShortCommit.Of(revision)} \"{subject}\""
            : ShortCommit.Of(revision);
    }

    private static void ShowContainers(Terminal terminal, RollbackPlan plan)
    {
        var table = new TextTable();
        foreach (var proof in plan.Proofs)
        {
            var swap = proof.Swap;
            table.Add(
                Markup.Escape(swap.Use),
                Markup.Escape(swap.Now?.Short ?? $"{swap.From.Tag}"),
                "→",
                swap.To.Short,
                Markup.Escape(
                    proof.Problem.Length > 0
                        ? "not proven"
                        : string.Join(", ", proof.Platforms.Select(each => $"{each}").Prepend(InRegistry(proof)))
                ),
                plan.Tasks.TryGetValue(swap, out var tasks) ? (tasks == 1 ? "1 task" : $"{tasks} tasks") : ""
            );
        }

        if (!table.IsEmpty)
        {
            terminal.ResultMarkup("");
            terminal.ResultTable(table);
        }
    }

    private static string InRegistry(ImageProof proof) =>
        proof.MarkedSince is { } since
            ? $"in the registry, marked for deletion on {UtcText.Day(since)} (once it runs, lading prune keeps it)"
            : "in the registry";

    private static void ShowCounts(Terminal terminal, RollbackPlan plan)
    {
        foreach (var count in plan.Counts)
        {
            terminal.ResultMarkup(
                Markup.Escape(
                    plan.KeepsCounts
                        ? $"  {count.Service} keeps {count.Running} tasks; its template says {count.Template} (use that with --template-count)"
                        : $"  {count.Service} goes from {count.Running} tasks to {count.Template}, as its template says"
                )
            );
        }

        if (plan.Tree is { Uploads: { Count: > 0 } uploads })
        {
            terminal.ResultMarkup(
                Markup.Escape(
                    $"  {(uploads.Count == 1 ? "a template is" : $"{uploads.Count} templates are")} written to {plan.Bootstrap!.Bucket} first"
                )
            );
        }

        // The obstacle says the same.
        foreach (var drifted in plan.Swaps.Count > 0 ? plan.Drifted : [])
        {
            terminal.ResultMarkup(
                Markup.Escape(
                    $"  {drifted.Service} {drifted.Container} is corrected by this. It has drifted: {drifted.Reason}"
                )
            );
            if (drifted.Repair is { } repair)
            {
                terminal.ResultMarkup(Markup.Escape($"    That alone, to stay on #{plan.Current.Version}: {repair}"));
            }
        }
    }

    private static void ShowStaying(Terminal terminal, RollbackPlan plan)
    {
        var table = new TextTable();
        foreach (var note in plan.Containers.Kept)
        {
            table.Add(Markup.Escape(note.Use), Markup.Escape($"keeps its image: {note.Reason}"));
        }

        foreach (var definition in plan.Settings)
        {
            table.Add(
                Markup.Escape(definition.LogicalId),
                Markup.Escape($"{Workloads.TaskDefinition}, changed: {NamesOf(definition)}")
            );
        }

        foreach (var change in plan.Staying)
        {
            table.Add(
                Markup.Escape(change.LogicalId),
                Markup.Escape($"{change.Type}, {WordOf(change.Status)} {UtcText.Minute(change.At)}")
            );
        }

        if (!RemainingChanges.AreKnown(plan.Target, plan.History.Evidence))
        {
            table.Add("changes more than 90 days ago are unknown");
        }

        if (!table.IsEmpty)
        {
            terminal.ResultMarkup("");
            terminal.ResultMarkup(Markup.Escape($"  Not undone, since #{plan.Target.Version}:"));
            terminal.ResultTable(table);
        }
    }

    private static string NamesOf(RemainingSettings definition) => Listing.Of(definition.Names, MaximumNames);

    private static string WordOf(string status) =>
        status switch
        {
            "CREATE_COMPLETE" => "created",
            "DELETE_COMPLETE" => "deleted",
            _ => "updated",
        };
}
