namespace Lading.Cli.Output.Page;

/// <summary>What could not be read, and what to do about it; what runs outside of all stacks.</summary>
internal static class UnreadSection
{
    public static Html Of(PageContent content)
    {
        var rows = Rows(content).ToList();
        return rows.Count == 0
            ? Html.Empty
            : Html.Of(
                $"""
                <section id="unread" aria-labelledby="unread-title">
                <h2 id="unread-title">Could not be read</h2>
                <p class="muted">What these would have told is unknown, not absent.</p>
                <table role="table" aria-labelledby="unread-title">
                <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Where</th><th scope="col" role="columnheader">What came back</th><th scope="col" role="columnheader">What to do</th></tr></thead>
                <tbody role="rowgroup">
                {rows}</tbody>
                </table>
                </section>

                """
            );
    }

    /// <summary>What runs, and no stack says that it should.</summary>
    public static Html Others(PageContent content)
    {
        var rows = (
            from environment in content.Report.Environments
            from container in environment.Others
            select Html.Of(
                $"""
                <tr role="row"><td role="cell"><span class="label" aria-hidden="true">Where</span><span>{PageText.Name(
                    environment.Evidence.Name
                )}</span></td><th scope="row" role="rowheader">{PageText.Name(container.Cluster)}/{PageText.Name(
                    container.Service
                )}</th><td role="cell"><span class="label" aria-hidden="true">Container</span><span>{PageText.Name(
                    container.Container
                )}</span></td><td role="cell"><span class="label" aria-hidden="true">Image</span><code class="long">{container.Reference}</code></td><td role="cell"><span class="label" aria-hidden="true">Tasks</span><span>{container.Tasks} of {container.Desired
                    ?? 0}</span></td></tr>

                """
            )
        ).ToList();
        return rows.Count == 0
            ? Html.Empty
            : Html.Of(
                $"""
                <section id="others" aria-labelledby="others-title">
                <h2 id="others-title">Outside of all stacks</h2>
                <table role="table" aria-labelledby="others-title">
                <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Where</th><th scope="col" role="columnheader">Service</th><th scope="col" role="columnheader">Container</th><th scope="col" role="columnheader">Image</th><th scope="col" role="columnheader">Tasks</th></tr></thead>
                <tbody role="rowgroup">
                {rows}</tbody>
                </table>
                </section>

                """
            );
    }

    private static IEnumerable<Html> Rows(PageContent content)
    {
        foreach (var environment in content.Report.Environments)
        {
            var name = environment.Evidence.Name;
            if (environment.Evidence.Failure is { } failure)
            {
                yield return Row(name, failure.CameBack, failure.Remedy);
            }

            var facts = environment.Evidence.Unread.Concat(
                content.Past.Unread.Where(fact => fact.Key == name).Select(fact => fact.Value)
            );
            foreach (var fact in facts.DistinctBy(each => (each.Reason, each.Remedy)))
            {
                yield return Row(name, fact.Reason, fact.Remedy);
            }
        }

        if (content.Report.HeadFailure is { } head)
        {
            yield return Row("HEAD", head.CameBack, head.Remedy);
        }
    }

    private static Html Row(string where, string reason, string? remedy) =>
        Html.Of(
            $"""
            <tr role="row"><th scope="row" role="rowheader">{PageText.Name(
                where
            )}</th><td role="cell"><span class="label" aria-hidden="true">What came back</span><span>{PageText.Name(
                reason
            )}</span></td><td role="cell"><span class="label" aria-hidden="true">What to do</span><span>{PageText.Name(
                remedy
            )}</span></td></tr>

            """
        );
}
