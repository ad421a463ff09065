using Lading.Retention.Acting;

namespace Lading.Cli.Output;

/// <summary>What <c>prune --apply</c> did, in each repository and in all.</summary>
internal static class PruneOutcomeScreen
{
    public static void Show(Terminal terminal, PruneOutcome outcome, int grace)
    {
        var verb = outcome.Archives ? "archived" : "deleted";
        var table = new TextTable();
        foreach (
            var name in outcome
                .Removed.Concat(outcome.Marked)
                .Concat(outcome.KeptAgain)
                .Concat(outcome.Spared)
                .Concat(outcome.Failures.Select(failure => failure.Image))
                .Select(image => image.Repository.Name)
                .Distinct()
                .Order()
        )
        {
            table.Add(
                name.Value,
                CountOf(outcome.Removed, verb),
                CountOf(outcome.Marked, "marked"),
                CountOf(outcome.KeptAgain, "kept again"),
                CountOf(outcome.Spared, "spared"),
                CountOf([.. outcome.Failures.Select(failure => failure.Image)], "failed")
            );

            string CountOf(IReadOnlyList<PrunedImage> images, string what)
            {
                var count = images.Count(image => image.Repository.Name == name);
                return count == 0 ? "" : FormattableString.Invariant($"{what} {count}");
            }
        }

        if (!table.IsEmpty)
        {
            terminal.ResultTable(table);
            terminal.Result("");
        }

        foreach (var failure in outcome.Failures)
        {
            terminal.Warn(
                $"could not {failure.Attempted} {failure.Image.Repository.Name}@{Identifiers.Short(failure.Image.Digest)}: {failure.Reason}"
            );
        }

        terminal.Result($"  {SummaryOf(outcome, grace, verb)}");
        if (outcome.AuditPath is { } path)
        {
            terminal.Narrate($"  Written down in {path} and {string.Join(", ", outcome.AuditArtifacts)}.");
        }

        if (outcome.Stopped is { } stopped)
        {
            terminal.Warn($"it ended early, and nothing more was {verb}: {stopped}");
        }
    }

    private static string SummaryOf(PruneOutcome outcome, int grace, string verb)
    {
        var parts = new List<string>();
        if (outcome.Removed.Count > 0)
        {
            parts.Add($"{Words.Images(outcome.Removed.Count)} {verb}");
            if (outcome.FreedBytes is > 0 and { } freed)
            {
                parts.Add($"{Amount.OfBytes(freed)} freed");
            }
        }

        if (outcome.Marked.Count > 0)
        {
            parts.Add(
                $"{Words.Images(outcome.Marked.Count)} marked: a run after {(grace == 1 ? "a day" : $"{grace} days")} {(outcome.Archives ? "archives" : "deletes")} what is still unused"
            );
        }

        if (outcome.Waiting.Count > 0)
        {
            parts.Add(
                FormattableString.Invariant(
                    $"{outcome.Waiting.Count} marked before, the first to go on {outcome.Waiting.Min(image => image.Until):yyyy-MM-dd}"
                )
            );
        }

        if (outcome.Spared.Count > 0)
        {
            parts.Add($"{outcome.Spared.Count} spared, since they came into use meanwhile");
        }

        if (outcome.KeptAgain.Count > 0)
        {
            parts.Add($"{outcome.KeptAgain.Count} no longer marked, since they are in use again");
        }

        return parts.Count == 0 ? "Nothing to do." : string.Join(" · ", parts);
    }
}
