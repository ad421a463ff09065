using Lading.Running;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>The releases of a stack, the newest first: a line each, with the images that changed.</summary>
internal static class HistoryScreen
{
    public static void Show(Terminal terminal, HistoryReport report)
    {
        if (report.Releases.Count == 0)
        {
            terminal.ResultMarkup(Markup.Escape($"  No release is known of {report.Evidence.Stack}."));
        }

        var table = new TextTable();
        foreach (var release in report.Releases)
        {
            var first = true;
            foreach (var line in ImagesOf(release, report).DefaultIfEmpty("no image changed"))
            {
                table.Add(
                    first ? $"#{release.Version}" : "",
                    first ? UtcText.Minute(release.When) : "",
                    first ? SignOf(release.Outcome) : "",
                    Markup.Escape(line),
                    first ? Markup.Escape(NoteOf(release, report)) : ""
                );
                first = false;
            }
        }

        terminal.ResultTable(table);
        ShowUnread(terminal, report);
        if (report.Releases.Any(release => release.CanGoBack == true))
        {
            terminal.Narrate("");
            terminal.Narrate(
                $"  To go back: lading rollback {report.Address}  (asks first; --to names another release)"
            );
        }
    }

    private static void ShowUnread(Terminal terminal, HistoryReport report)
    {
        var unread = new TextTable();
        foreach (var fact in report.Evidence.Unread.DistinctBy(each => (each.Reason, each.Remedy)))
        {
            unread.Add(Markup.Escape(Sentences.Of(fact.Reason, fact.Remedy)));
        }

        if (!unread.IsEmpty)
        {
            terminal.ResultMarkup("");
            terminal.ResultMarkup("Could not be read:");
            terminal.ResultTable(unread);
        }
    }

    private static string SignOf(ReleaseOutcome outcome) =>
        outcome switch
        {
            ReleaseOutcome.Succeeded => "[green]●[/]",
            ReleaseOutcome.InProgress => "[yellow]◐[/]",
            ReleaseOutcome.Attempt => "[yellow]▲[/]",
            _ => "[red]✗[/]",
        };

    /// <summary>The images that changed; all of them in the oldest release.</summary>
    private static IEnumerable<string> ImagesOf(Release release, HistoryReport report) =>
        from image in release.Images
        where release.Changed.Count == 0 ? release == report.Releases[^1] : release.Changed.Contains(image.Key)
        let revision = release.Revisions.GetValueOrDefault(image.Key)
        let digest = ReleaseFacts.DigestOf(image.Value)?.Short ?? image.Value
        select revision is null ? $"{image.Key} {digest}"
        : report.Subjects.GetValueOrDefault(revision) is { } subject
            ? $"{image.Key} {ShortCommit.Of(revision)} \"{subject}\""
        : $"{image.Key} {ShortCommit.Of(revision)}";

    private static string NoteOf(Release release, HistoryReport report)
    {
        var notes = new List<string>();
        if (release.Outcome != ReleaseOutcome.Succeeded)
        {
            notes.Add(HistoryDocument.WordOf(release.Outcome).Replace('-', ' '));
        }

        if (release.RanFor is { } ran)
        {
            notes.Add($"ran {Duration.Of(ran)}");
        }

        if (release.Who is { Length: > 0 } who)
        {
            notes.Add($"by {who}");
        }

        if (report.WasRolledBack(release))
        {
            notes.Add("was rolled back from");
        }
        else if (release.CanGoBack == true)
        {
            notes.Add("one can go back");
        }

        if (release.Why.Length > 0)
        {
            notes.Add(release.Why);
        }

        return string.Join(" · ", notes);
    }
}
