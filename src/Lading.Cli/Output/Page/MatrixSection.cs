using Lading.Running;

namespace Lading.Cli.Output.Page;

/// <summary>The section with the overview: a row for each image, and a column for HEAD and each environment.</summary>
internal static class MatrixSection
{
    public static Html Of(PageContent content)
    {
        var report = content.Report;
        if (report.Rows.Count == 0)
        {
            var none = report.KnowsStacks
                ? "No stack runs an image there."
                : "The stacks could not all be read, so it is not known what runs.";
            return Html.Of(
                $"""
                <section id="matrix" aria-labelledby="matrix-title">
                <h2 id="matrix-title">Images</h2>
                <p>{none}</p>
                </section>

                """
            );
        }

        var head = report.Heads.Count > 0 ? Html.Of($"""<th scope="col" role="columnheader">HEAD</th>""") : Html.Empty;
        var environments = report.Environments.Select(each =>
            Html.Of(
                $"""<th scope="col" role="columnheader">{PageText.Name(each.Evidence.Name)} <span class="sub">{each.Evidence.Account} {each.Evidence.Region}</span></th>"""
            )
        );
        return Html.Of(
            $"""
            <section id="matrix" aria-labelledby="matrix-title">
            <h2 id="matrix-title">Images</h2>
            <table class="matrix" role="table" aria-labelledby="matrix-title">
            <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Image</th>{head}{environments}</tr></thead>
            <tbody role="rowgroup">
            {report.Rows.Select(row => Row(row, content))}</tbody>
            </table>
            </section>

            """
        );
    }

    private static Html Row(string row, PageContent content)
    {
        var report = content.Report;
        var head = report.Heads.FirstOrDefault(each => each.Name == row);
        var first =
            report.Heads.Count == 0
                ? Html.Empty
                : Html.Of(
                    $"""<td role="cell"><span class="label" aria-hidden="true">HEAD</span><div>{HeadOf(head, content)}</div></td>"""
                );
        var cells = report.Environments.Select(environment =>
            Html.Of(
                $"""<td role="cell"><span class="label" aria-hidden="true">{PageText.Name(environment.Evidence.Name)}</span><div>{CellOf(environment, row, content)}</div></td>"""
            )
        );
        return Html.Of(
            $"""
            <tr role="row"><th scope="row" role="rowheader">{PageText.Name(row)}</th>{first}{cells}</tr>

            """
        );
    }

    private static Html HeadOf(HeadCell? head, PageContent content)
    {
        if (head is null)
        {
            return Html.Of($"""<span class="muted">not in lading.json</span>""");
        }

        var version =
            head.Revision is { } revision ? PageText.Commit(revision, content.Past.Subjects)
            : head.Reason is not null ? Html.Empty
            : Html.Of(
                $"""<span class="muted">{(content.Report.KnowsRegistries ? "not published" : "unknown")}</span>"""
            );
        return head.Reason is { } reason
            ? Html.Of(
                $"""{PageText.Badge("wait", "‖", "held")} {version} <p class="note">{PageText.Name(reason)}</p>"""
            )
            : version;
    }

    private static Html CellOf(EnvironmentStatus environment, string row, PageContent content)
    {
        if (environment.Evidence.Failure is not null)
        {
            return Html.Of($"""<a href="#unread">{PageText.State(RunningState.Unreadable)}</a>""");
        }

        if (StatusCell.Find(environment, row, content.Report) is not { } cell)
        {
            return Html.Of($"""<span class="muted">does not run there</span>""");
        }

        var card = content.Cards.First(each => each.Environment == environment && each.Containers.Contains(cell.Worst));
        var version = cell.Worst.Revision is { } revision
            ? PageText.Commit(revision, content.Past.Subjects)
            : Html.Of($"<code>{cell.Version}</code>");
        return Html.Of(
            $"""<a href="#{card.Id}">{PageText.State(cell.Worst.State)}</a> {version}<p class="note">{Notes(cell)}</p>"""
        );
    }

    private static string Notes(StatusCell cell)
    {
        var tasks = cell is { KnowsTasks: true, Desired: { } desired } ? PageText.Tasks(cell.Running, desired) : "";
        var containers = cell.Containers > 1 ? PageText.Count(cell.Containers, "container") : "";
        return string.Join(
            " · ",
            new[] { tasks, cell.PinnedText, containers, cell.BehindText, cell.Age }.Where(each => each.Length > 0)
        );
    }
}
