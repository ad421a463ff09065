using Lading.Running;
using Lading.Running.Timelines;

namespace Lading.Cli.Output.Page;

/// <summary>The releases of one workload, the newest first.</summary>
internal static class TimelineList
{
    public static Html Of(IReadOnlyList<TimelineEntry> entries, PageContent content) =>
        entries.Count == 0
            ? Html.Of(
                $"""
                <h4>Releases</h4>
                <p class="muted">No releases are known.</p>

                """
            )
            : Html.Of(
                $"""
                <h4>Releases</h4>
                <ol class="timeline">
                {entries.Select(entry => Entry(entry, content))}</ol>

                """
            );

    private static Html Entry(TimelineEntry entry, PageContent content)
    {
        var release = entry.Release;
        var images = entry.Images.Select(image =>
            Html.Of($"<li>{PageText.Name(image.Container)} {Version(image, content)}</li>")
        );
        return Html.Of(
            $"""
            <li class="{ToneOf(release.Outcome)}">
            <p><strong>#{release.Version}</strong> {PageText.Moment(release.When)} {Outcome(release.Outcome)}</p>
            <ul>{images}</ul>
            <p class="note">{PageText.Name(Notes(entry))}</p>
            </li>

            """
        );
    }

    private static Html Version(TimelineImage image, PageContent content) =>
        image switch
        {
            { Revision: { } revision } => PageText.Commit(revision, content.Past.Subjects),
            { Digest: { } digest } => Html.Of($"""<code title="{digest.ToString()}">{digest.Short}</code>"""),
            _ => Html.Of($"<code>{image.Reference}</code>"),
        };

    private static Html Outcome(ReleaseOutcome outcome)
    {
        var (sign, word) = outcome switch
        {
            ReleaseOutcome.Succeeded => ("●", "succeeded"),
            ReleaseOutcome.InProgress => ("◐", "under way"),
            ReleaseOutcome.Attempt => ("▲", "outside of CloudFormation"),
            ReleaseOutcome.RolledBack => ("✗", "rolled back"),
            _ => ("✗", "failed"),
        };
        return PageText.Badge(ToneOf(outcome), sign, word);
    }

    private static string ToneOf(ReleaseOutcome outcome) =>
        outcome switch
        {
            ReleaseOutcome.Succeeded => "good",
            ReleaseOutcome.InProgress => "wait",
            _ => "bad",
        };

    private static string Notes(TimelineEntry entry)
    {
        var release = entry.Release;
        var ran =
            entry.RanFor is not { } time ? ""
            : entry.IsCurrent ? $"current for {Duration.Of(time)}"
            : $"ran {Duration.Of(time)}";
        return string.Join(
            " · ",
            new[]
            {
                ran,
                release.Who is { Length: > 0 } who ? $"by {who}" : "",
                release.CanGoBack == true && !entry.IsCurrent ? "one can go back" : "",
                entry.IsCurrent && release.Why == ReleaseFacts.Current ? "" : release.Why,
            }.Where(each => each.Length > 0)
        );
    }
}
