using Lading.Retention;
using Lading.Retention.Evidence;

namespace Lading.Cli.Output.Page;

/// <summary>What may be deleted and why the rest is kept, as one page of HTML that asks no network for anything and runs no script.</summary>
internal static class PrunePage
{
    private const int MostImages = 1000;

    public static string Of(RetentionReport report)
    {
        var style = PageResource.Read("status.css");
        var policy =
            $"default-src 'none'; style-src '{PageResource.HashOf(style)}'; base-uri 'none'; form-action 'none'";
        return Html.Of(
                $"""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="{Html.OfProgram(policy)}">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="referrer" content="no-referrer">
                <title>What may be deleted in {report.Environment}</title>
                <style>{Html.OfProgram(style)}</style>
                </head>
                <body>
                <a class="skip" href="#main">Skip to the content</a>
                <header>
                <h1>What may be deleted in {PageText.Name(report.Environment)}</h1>
                <p id="read">Read {PageText.ExactMoment(report.Evidence.ReadAt)} from {PageText.Name(report.Host)}</p>
                </header>
                <main id="main">
                <p>{EvidenceScreen.Said(report.Evidence.Counts)} were asked what they use. {PruneScreen.Conclusion(
                    report
                )}</p>
                {HoldsOf(report)}{report.Repositories.Select(SectionOf)}</main>
                <footer><p>Written by <code>lading prune --html</code>, which deletes nothing.</p></footer>
                </body>
                </html>

                """
            )
            .ToString();
    }

    private static Html HoldsOf(RetentionReport report) =>
        report.Holds.Count == 0
            ? Html.Empty
            : Html.Of(
                $"""
                <section aria-labelledby="holds">
                <h2 id="holds">Held, so that nothing in it may be deleted</h2>
                <table role="table" aria-labelledby="holds">
                <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Repository</th><th scope="col" role="columnheader">Why</th><th scope="col" role="columnheader">What to do</th></tr></thead>
                <tbody role="rowgroup">
                {report.Holds.Select(RowOf)}</tbody>
                </table>
                </section>

                """
            );

    private static Html RowOf(RepositoryHold hold) =>
        Html.Of(
            $"""
            <tr role="row"><th scope="row" role="rowheader">{PageText.Name(
                hold.Repository?.Value ?? "all repositories"
            )}</th><td role="cell"><span class="label" aria-hidden="true">Why</span><span>{PageText.Name(
                hold.Reason
            )}</span></td><td role="cell"><span class="label" aria-hidden="true">What to do</span><span>{PageText.Name(
                hold.Remedy
            )}</span></td></tr>

            """
        );

    private static Html SectionOf(RepositoryPlan repository)
    {
        var name = repository.Repository.Name.Value;
        var kept = repository.Images.Count(image => image.IsKept);
        var facts =
            repository.Holds.Count > 0
                ? "held"
                : $"keep {kept}, delete {repository.Images.Count - kept} {PruneScreen.Freed(repository)}".TrimEnd();
        var more = repository.Images.Count - MostImages;
        return Html.Of(
            $"""
            <section aria-label="{name}">
            <h2>{PageText.Name(name)}</h2>
            <p class="muted">{PageText.Count(repository.Images.Count, "image")}: {facts}</p>
            <table role="table" aria-label="{name}">
            <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Decision</th><th scope="col" role="columnheader">Image</th><th scope="col" role="columnheader">Because</th></tr></thead>
            <tbody role="rowgroup">
            {repository.Images.Take(MostImages).Select(RowOf)}</tbody>
            </table>
            {(
                more > 0
                    ? Html.Of(
                        $"""<p class="muted">{PageText.Count(more, "more image")}: lading prune --output json has them all.</p>"""
                    )
                    : Html.Empty
            )}
            </section>

            """
        );
    }

    private static Html RowOf(ImageDecision image) =>
        Html.Of(
            $"""
            <tr role="row"><th scope="row" role="rowheader">{(
                image.IsKept ? PageText.Badge("good", "●", "keep") : PageText.Badge("idle", "–", "delete")
            )}</th><td role="cell"><span class="label" aria-hidden="true">Image</span><span>{PageText.Digest(
                image.Image.Digest
            )} {PageText.Name(string.Join(", ", image.Image.Tags))}</span></td><td role="cell"><span class="label" aria-hidden="true">Because</span><ul>{image.Reasons.Select(
                ReasonOf
            )}</ul></td></tr>

            """
        );

    private static Html ReasonOf(KeepReason reason) =>
        reason.Use is { } use
            ? Html.Of($"""<li>{reason.Text} <span class="note">{use.Source.ToString()}</span></li>""")
            : Html.Of($"""<li>{reason.Text}</li>""");
}
