using Lading.Retention;
using Lading.Retention.Evidence;

namespace Lading.Cli.Output.Page;

/// <summary>What may be deleted and why the rest is kept, as one page of HTML without a script.</summary>
internal static class PrunePage
{
    private const int MaximumImages = 1000;

    private static readonly PageTable Held = new(
        "holds",
        "Held, so that nothing in it may be deleted",
        ["Repository", "Why", "What to do"],
        rowHeader: 0
    );

    private static readonly PageTable Accepted = new(
        "accepted",
        "Accepted by exceptions in lading.json, so that it holds nothing",
        ["Repositories", "What", "Until", "Because"],
        rowHeader: 0
    );

    public static string Of(RetentionReport report) =>
        new PageShell($"What may be deleted in {report.Environment}")
        {
            Header = Html.Of(
                $"""
                <h1>What may be deleted in {PageText.Name(report.Environment)}</h1>
                <p id="read">Read {PageText.ExactMoment(report.Evidence.ReadAt)} from {PageText.Name(
                    report.RegistryName
                )}</p>
                """
            ),
            Main = Html.Of(
                $"""
                <p>{EvidenceScreen.TextOf(report.Evidence.Counts)} were asked what they use. {PruneScreen.Conclusion(
                    report
                )}</p>
                {Held.Of([.. report.Holds.Select(RowOf)])}{Accepted.Of([.. report.Accepted.Select(RowOf)])}{report.Repositories.Select(SectionOf)}
                """
            ),
            Footer = Html.Of($"Written by <code>lading prune --html</code>, before anything was changed."),
        }.ToString();

    private static IReadOnlyList<Html> RowOf(RepositoryHold hold) =>
        [
            PageText.Name(hold.Repository?.Value ?? "all repositories"),
            Html.Of($"<span>{PageText.Name(hold.Reason)}</span>"),
            Html.Of($"<span>{PageText.Name(hold.Remedy)}</span>"),
        ];

    private static IReadOnlyList<Html> RowOf(AcceptedGap gap) =>
        [
            PageText.Name(string.Join(", ", gap.Repositories)),
            Html.Of($"<span>{PageText.Name(gap.Reason)}</span>"),
            Html.Of($"<span>{UtcText.Day(gap.Exception.Until)}</span>"),
            Html.Of($"<span>{PageText.Name(gap.Exception.Reason)}</span>"),
        ];

    private static Html SectionOf(RepositoryPlan repository, int number)
    {
        var kept = repository.Images.Count(image => image.IsKept);
        var facts =
            repository.Holds.Count > 0
                ? "held"
                : $"keep {kept}, delete {repository.Images.Count - kept} {PruneScreen.Freed(repository)}".TrimEnd();
        var more = repository.Images.Count - MaximumImages;
        var rest =
            more > 0 ? $". Not shown: {PageText.Count(more, "image")}; lading prune --output json has them all." : "";
        return new PageTable(
            FormattableString.Invariant($"repository-{number}"),
            repository.Repository.Name.Value,
            ["Decision", "Image", "Because"],
            rowHeader: 0
        )
        {
            Note = $"{PageText.Count(repository.Images.Count, "image")}: {facts}{rest}",
        }.Of([.. repository.Images.Take(MaximumImages).Select(RowOf)]);
    }

    private static IReadOnlyList<Html> RowOf(ImageDecision image) =>
        [
            image.IsKept ? PageText.Badge("good", "●", "keep") : PageText.Badge("idle", "–", "delete"),
            Html.Of(
                $"<div>{PageText.Digest(image.Image.Digest)}<ul>{image.Image.Tags.Select(tag => Html.Of($"<li>{PageText.Name(tag)}</li>"))}</ul></div>"
            ),
            Html.Of($"<ul>{image.Reasons.Select(ReasonOf)}</ul>"),
        ];

    private static Html ReasonOf(KeepReason reason) =>
        reason.Use is { } use
            ? Html.Of($"""<li>{reason.Text} <span class="note">{use.Source.ToString()}</span></li>""")
            : Html.Of($"""<li>{reason.Text}</li>""");
}
