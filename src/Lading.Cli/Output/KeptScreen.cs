using Lading.Retention;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>Why an image is kept, or may be deleted.</summary>
internal static class KeptScreen
{
    public static void Show(Terminal terminal, RetentionReport report, RepositoryPlan repository, ImageDecision image)
    {
        var name = Markup.Escape(
            $"{repository.Repository.Name}@{image.Image.Digest.Algorithm.ToString().ToLowerInvariant()}:{image.Image.Digest.Short}…"
        );
        var isHeld = repository.Holds.Count > 0;
        terminal.ResultMarkup(
            image.IsKept ? $"  {name} is kept:"
            : isHeld ? $"  {name} has no known use, and its repository is held:"
            : $"  {name} may be deleted: nothing uses it, and no rule keeps it."
        );
        var table = new TextTable();
        foreach (var reason in image.Reasons)
        {
            table.Add(
                "  ",
                Markup.Escape(reason.Text),
                reason.Use is { } use ? $"[grey]{Markup.Escape(use.Source.ToString())}[/]" : ""
            );
        }

        foreach (var hold in repository.Holds)
        {
            table.Add("  ", Markup.Escape($"held: {hold.Reason}"), "");
        }

        foreach (var (hold, exception) in repository.Excepted)
        {
            table.Add(
                "  ",
                Markup.Escape($"accepted until {UtcText.Day(exception.Until)}: {hold.Reason} ({exception.Reason})"),
                ""
            );
        }

        terminal.ResultTable(table);
        if (image.Image.Tags.Count > 0)
        {
            terminal.ResultMarkup($"  tags      {Markup.Escape(string.Join(", ", image.Image.Tags))}");
        }

        terminal.ResultMarkup(Markup.Escape($"  Evidence: {EvidenceScreen.TextOf(report.Evidence.Counts)}"));
    }
}
