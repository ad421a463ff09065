using Lading.Oci;
using Lading.Retention.Acting;

namespace Lading.Cli.Output;

/// <summary>The output of <c>prune --apply</c>, for each repository and in total.</summary>
internal static class PruneOutcomeScreen
{
    public static void Show(Terminal terminal, PruneOutcome outcome, int grace, bool isComplete)
    {
        var verb = outcome.Archives ? "archived" : "deleted";
        var table = TableOf(outcome, verb);
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

        terminal.Result($"  {SummaryOf(outcome, grace, verb, isComplete)}");
        if (outcome.AuditPath is { } path)
        {
            terminal.Narrate($"  Written down in {path} and {string.Join(", ", outcome.AuditArtifacts)}.");
        }

        if (outcome.Stopped is { } stopped)
        {
            terminal.Warn($"it ended early, and nothing more was {verb}: {stopped}");
        }
    }

    /// <summary>A row for each repository, a column for each action that was taken.</summary>
    private static TextTable TableOf(PruneOutcome outcome, string verb)
    {
        List<(string Word, IReadOnlyList<PrunedImage> Images)> columns =
        [
            (verb, outcome.Removed),
            ("marked", outcome.Marked),
            ("kept again", outcome.KeptAgain),
            ("spared", outcome.Spared),
            ("failed", [.. outcome.Failures.Select(failure => failure.Image)]),
        ];
        columns.RemoveAll(column => column.Images.Count == 0);
        var table = new TextTable();
        var names = columns.SelectMany(column => column.Images).Select(image => image.Repository.Name);
        foreach (var name in names.Distinct().Order())
        {
            table.Add([name.Value, .. columns.Select(column => CountOf(column.Images, column.Word, name))]);
        }

        return table;
    }

    private static string CountOf(IReadOnlyList<PrunedImage> images, string word, RepositoryName name)
    {
        var count = images.Count(image => image.Repository.Name == name);
        return count == 0 ? "" : FormattableString.Invariant($"{word} {count}");
    }

    /// <summary>The pronoun for a number of images: <c>it</c> or <c>they</c>.</summary>
    public static string They(int count) => count == 1 ? "it" : "they";

    private static string SummaryOf(PruneOutcome outcome, int grace, string verb, bool isComplete)
    {
        var parts = new List<string>();
        if (outcome.Removed.Count > 0)
        {
            parts.Add($"{Words.Images(outcome.Removed.Count)} {verb}");
            if (outcome.Freed?.Bytes is > 0 and { } freed)
            {
                parts.Add($"{Amount.OfBytes(freed)} freed");
            }
            else if (outcome.Freed?.AtMost is > 0 and { } most)
            {
                parts.Add($"up to {Amount.OfBytes(most)} freed");
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
                    $"{outcome.Waiting.Count} marked before{(outcome.Waiting.Count == 1 ? ", to go" : ", the first to go")} on {UtcText.Day(outcome.Waiting.Min(image => image.Until))}"
                )
            );
        }

        if (outcome.Spared.Count > 0)
        {
            parts.Add($"{outcome.Spared.Count} spared, since {They(outcome.Spared.Count)} came into use meanwhile");
        }

        if (outcome.KeptAgain.Count > 0)
        {
            parts.Add(
                $"{outcome.KeptAgain.Count} no longer marked, since {They(outcome.KeptAgain.Count)} came into use again"
            );
        }

        return parts.Count > 0 ? string.Join(" · ", parts)
            : outcome.Stopped is null && outcome.Failures.Count == 0
                ? !isComplete ? "Nothing was changed: what is held stays until its reason is gone."
                    : "There is nothing to mark, and nothing to delete."
            : "Nothing was changed.";
    }
}
