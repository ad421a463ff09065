using System.Globalization;
using Lading.Oci;
using Lading.Retention;
using Lading.Retention.Acting;
using Lading.Retention.Evidence;
using Lading.Retention.Local;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>What may be deleted from a registry, repository by repository, and the evidence.</summary>
internal static class PruneScreen
{
    private const int MaximumShown = 5;

    /// <param name="terminal">The output.</param>
    /// <param name="report">The decisions.</param>
    /// <param name="all">Whether to show every image.</param>
    /// <param name="isPlan">Whether this is all that the verb does, so that the next command is shown.</param>
    public static void Show(Terminal terminal, RetentionReport report, bool all, bool isPlan = true)
    {
        var shown = all ? int.MaxValue : MaximumShown;
        ShowRepositories(terminal, report, shown);
        ShowHolds(terminal, report);
        ShowAccepted(terminal, report);
        terminal.ResultMarkup("");
        terminal.ResultMarkup(
            Markup.Escape($"  Evidence: {EvidenceScreen.TextOf(report.Evidence.Counts)} · {Completeness(report)}")
        );
        if (isPlan)
        {
            terminal.ResultMarkup(Markup.Escape($"  {Conclusion(report)}"));
        }
    }

    /// <summary>The summary: what may be deleted, and the next step.</summary>
    public static string Conclusion(RetentionReport report) =>
        report.Repositories.Count == 0
            ? $"{report.RegistryName} has no repository of this project. Nothing was deleted."
        : report.Deletions == 0
            ? report.IsComplete ? "Nothing was deleted, and there is nothing to delete."
                : "Nothing was deleted: what is held stays until its reason is gone."
        : $"Nothing was deleted. {Number(report.Deletions, "image")} may go{(report.Host == StoreFacts.Host ? ": --apply deletes what nothing needs by then." : NextStep(report))}";

    /// <summary>What <c>--apply</c> would do now: delete images whose marks are old enough, and mark others.</summary>
    private static string NextStep(RetentionReport report)
    {
        var marking = MarkingPlan.Of(
            new RetentionPlan(report.Repositories),
            UtcDay.Of(report.Evidence.ReadAt),
            (int)report.Policy.Grace.TotalDays
        );
        var marked = marking.Repositories.Sum(each => each.ToMark.Count);
        var deleted = marking.Repositories.Sum(each => each.ToDelete.Count);
        var waiting = marking.Repositories.SelectMany(each => each.Waiting).ToList();
        var followers = marking.Repositories.Sum(each => each.Followers.Count);
        if (deleted == 0 && waiting.Count == 0)
        {
            return followers == 0
                ? ": --apply marks them, and a later run deletes what is still unused."
                : $": --apply marks {Grouped(marked)} ({PruneConfirmation.Following(followers)}), and a later run deletes what is still unused.";
        }

        var first = waiting.Count == 0 ? "" : UtcText.Day(waiting.Min(image => image.Until));
        if (deleted == 0 && marked == 0)
        {
            return report.Deletions == 1
                ? $", and is marked: from {first} on, --apply deletes it."
                : $", and are marked: from {first} on, --apply deletes them.";
        }

        var steps = new List<string>();
        if (deleted > 0)
        {
            steps.Add(deleted == report.Deletions ? "deletes what is still unused" : $"deletes {Grouped(deleted)}");
        }

        if (marked > 0)
        {
            steps.Add($"marks {Grouped(marked)}");
        }

        var wait =
            waiting.Count == 0
                ? ""
                : $"; {Grouped(waiting.Count)} marked before {(waiting.Count == 1 ? "goes" : "go")} from {first} on";
        var rest = followers == 0 ? "" : $"; {PruneConfirmation.Following(followers)}";
        return $": --apply now {string.Join(" and ", steps)}{wait}{rest}.";
    }

    /// <summary>The note that marking delays the deletion, since it counts as a pull; null if it does not.</summary>
    public static string? PullsOf(RetentionReport report) =>
        report.Evidence.CountedReader is { } reader
        && report.Deletions > 0
        && report.Policy.Pulled > report.Policy.Grace
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{reader.Fact}, so what it marks stays {report.Policy.Pulled.TotalDays:0} days. To change that: {reader.Remedy}"
            )
            : null;

    /// <summary><c>12.4 GB</c>, <c>up to 12.4 GB</c> if layers may be shared with kept images; empty if unknown.</summary>
    public static string Freed(RepositoryPlan repository)
    {
        return repository.Images.All(image => image.IsKept) ? ""
            : repository.FreedBytes is { } freed ? Amount.OfBytes(freed)
            : repository.FreedAtMost is { } most ? $"up to {Amount.OfBytes(most)}"
            : "";
    }

    private static void ShowRepositories(Terminal terminal, RetentionReport report, int shown)
    {
        var heads = new TextTable();
        foreach (var repository in report.Repositories)
        {
            heads.Add(HeaderOf(repository));
        }

        var lines = new Queue<string>();
        heads.WriteTo(lines.Enqueue);
        foreach (var repository in report.Repositories)
        {
            terminal.ResultMarkup(lines.Dequeue());
            if (repository.Holds.Count > 0)
            {
                continue;
            }

            var images = new TextTable();
            var kept = repository.Images.Where(image => image.IsKept).ToList();
            foreach (var image in kept.OrderBy(Weight).Take(shown))
            {
                images.Add("  ", "keep", $"{image.Image.Digest.Hex[..4]}…", Markup.Escape(Reasons(image)));
            }

            if (shown == int.MaxValue)
            {
                foreach (var image in repository.Images.Where(image => !image.IsKept))
                {
                    images.Add("  ", "delete", $"{image.Image.Digest.Hex[..4]}…", Markup.Escape(About(image.Image)));
                }
            }

            terminal.ResultTable(images);
            if (kept.Count > shown)
            {
                terminal.ResultMarkup(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"      … and {kept.Count - shown:N0} more: --verbose, or --html plan.html"
                    )
                );
            }
        }
    }

    /// <summary>The details that identify a deletable image: the day of its mark, its tags, or its subject.</summary>
    private static string About(StoredImage image)
    {
        var marked = DeletionMark.MarkedSince(image.Digest, image.Tags) is { } since
            ? $"marked on {UtcText.Day(since)}"
            : null;
        var tags = image.Tags.Where(tag => DeletionMark.Find(tag) is null).Take(3);
        var subject = image is { Tags.Count: 0, Subject: { } named } ? $"about {named.Short}" : null;
        return string.Join(", ", new[] { marked, subject }.OfType<string>().Concat(tags));
    }

    /// <summary>The reasons, the strongest first, as a list.</summary>
    public static string Reasons(ImageDecision image) =>
        image.Reasons.Count <= 2
            ? string.Join(", ", image.Reasons.Select(reason => reason.Text))
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{image.Reasons[0].Text}, {image.Reasons[1].Text}, and {image.Reasons.Count - 2} more"
            );

    private static int Weight(ImageDecision image) =>
        image.Reasons[0].Use is { } use ? (int)use.Kind : (int)UseKind.Reference + 1;

    private static string[] HeaderOf(RepositoryPlan repository)
    {
        var kept = repository.Images.Count(image => image.IsKept);
        var name = $"[bold]{Markup.Escape(repository.Repository.Name.Value)}[/]";
        var count = Number(repository.Images.Count, "image");
        return repository.Holds.Count > 0
            ? [name, count, "[yellow]held[/]", "", ""]
            :
            [
                name,
                count,
                $"keep {Grouped(kept)}",
                $"delete {Grouped(repository.Images.Count - kept)}",
                Freed(repository),
            ];
    }

    private static void ShowHolds(Terminal terminal, RetentionReport report)
    {
        if (report.Holds.Count == 0)
        {
            return;
        }

        terminal.ResultMarkup("");
        terminal.ResultMarkup("  Held, so that nothing in it may be deleted:");
        foreach (var group in report.Holds.GroupBy(hold => (hold.Reason, hold.Remedy)))
        {
            var names = group.Any(hold => hold.Repository is null)
                ? "all repositories"
                : string.Join(
                    ", ",
                    group.Select(hold => hold.Repository!.Value.Value).Distinct(StringComparer.Ordinal).Take(5)
                );
            terminal.ResultMarkup($"    [yellow]{Markup.Escape(names)}[/]: {Markup.Escape(group.Key.Reason)}");
            if (group.Key.Remedy.Length > 0)
            {
                terminal.ResultMarkup($"      {Markup.Escape(group.Key.Remedy)}");
            }
        }
    }

    /// <summary>Shows accepted gaps in every run, so that a forgotten exception is noticed before it expires.</summary>
    private static void ShowAccepted(Terminal terminal, RetentionReport report)
    {
        if (report.Accepted.Count == 0)
        {
            return;
        }

        terminal.ResultMarkup("");
        terminal.ResultMarkup("  Accepted by \"exceptions\" in lading.json, so that it holds nothing:");
        foreach (var gap in report.Accepted)
        {
            var names = Listing.Of([.. gap.Repositories.Select(name => name.Value)], MaximumShown);
            terminal.ResultMarkup($"    {Markup.Escape(names)}: {Markup.Escape(gap.Reason)}");
            terminal.ResultMarkup(
                Markup.Escape($"      until {UtcText.Day(gap.Exception.Until)}: {gap.Exception.Reason}")
            );
        }
    }

    private static string Completeness(RetentionReport report) =>
        (report.IsComplete ? "complete" : $"incomplete, {Number(report.Holds.Count, "hold")}")
        + (report.Accepted.Count > 0 ? $", {Number(report.Accepted.Count, "gap")} accepted" : "");

    private static string Number(int number, string noun) => $"{Grouped(number)} {noun}{(number == 1 ? "" : "s")}";

    private static string Grouped(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
