using Lading.Oci;
using Lading.Running;

namespace Lading.Cli.Output.Page;

/// <summary>The facts about one container: its pin, what ECS resolved, what runs, and the verdict with its reason.</summary>
internal static class VerdictFacts
{
    public static Html Of(ContainerVerdict container, PageContent content) =>
        Html.Of(
            $"""
            <h4><span class="sub">container</span> {PageText.Name(container.Container)} {PageText.State(
                container.State
            )}</h4>
            {Reason(container)}<dl>
            {Fact("image", Image(container))}{Fact("pinned", Pinned(container))}{Fact(
                "ECS resolved",
                Resolved(container)
            )}{Fact("running", Running(container))}{Fact("commit", Commit(container, content))}{Fact(
                "since",
                Since(container, content.Report)
            )}</dl>

            """
        );

    private static Html Reason(ContainerVerdict container) =>
        container.Reason.Length == 0
            ? Html.Empty
            : Html.Of(
                $"""
                <p class="reason {PageText.ToneOf(container.State)}">{PageText.Name(container.Reason)}</p>

                """
            );

    private static Html Fact(string name, Html? value) =>
        value is { } known
            ? Html.Of(
                $"""
                <div><dt>{name}</dt><dd>{known}</dd></div>

                """
            )
            : Html.Empty;

    private static Html? Image(ContainerVerdict container) =>
        container.Image is { } image ? PageText.Name(image) : null;

    private static Html Pinned(ContainerVerdict container) =>
        container switch
        {
            { Reference: { } reference }
                when container.Pinned is not { } pinned
                    || reference.EndsWith(pinned.ToString(), StringComparison.Ordinal) => Html.Of(
                $"""<code class="long">{reference}</code>"""
            ),
            { Reference: { } tagged, Pinned: { } named } => Html.Of(
                $"""<code class="long">{tagged}</code> <span class="muted">which is</span> {PageText.Digest(named)}"""
            ),
            { Pinned: { } recorded } => PageText.Digest(recorded),
            _ => Html.Of($"""<span class="muted">unknown</span>"""),
        };

    private static Html? Resolved(ContainerVerdict container) =>
        container.Resolved is { } resolved
            ? Html.Of($"{PageText.Digest(resolved)} {Same(resolved == container.Pinned)}")
            : null;

    private static Html? Running(ContainerVerdict container)
    {
        if (container.Running.Count == 0)
        {
            return container.Desired is null ? null : Html.Of($"""<span class="muted">no task</span>""");
        }

        return Html.Of($"<ul>{container.Running.Select(Line)}</ul>");
    }

    private static Html Line(RunningDigest running)
    {
        var digest = running.Digest is { } known
            ? PageText.Digest(known)
            : Html.Of($"""<span class="muted">of unknown digest</span>""");
        return Html.Of($"<li>{PageText.Count(running.Tasks, "task")} {digest} {Same(running.IsPinned)}</li>");
    }

    private static Html Same(bool? isPinned) =>
        isPinned switch
        {
            true => Html.Of($"""<span class="muted">as pinned</span>"""),
            false => Html.Of($"""<span class="differs">not as pinned</span>"""),
            null => Html.Empty,
        };

    private static Html? Commit(ContainerVerdict container, PageContent content) =>
        container.Revision is { } revision ? PageText.Commit(revision, content.Past.Subjects) : null;

    private static Html? Since(ContainerVerdict container, StatusReport report) =>
        container.Since is { } since
            ? Html.Of(
                $"""{PageText.Moment(since)} <span class="muted">{(since <= report.ReadAt ? Age.Of(report.ReadAt - since) : "")}</span>"""
            )
            : null;
}
