using Lading.Running;
using Lading.Running.Timelines;

namespace Lading.Cli.Output.Page;

/// <summary>What runs where, as one page of HTML. Every name on it comes from outside, and is encoded.</summary>
internal static class StatusPage
{
    public static string Of(StatusReport report, StatusHistory past)
    {
        var content = new PageContent(report, past);
        var environments = report.Environments.Select(
            (environment, i) => EnvironmentSection.Of(environment, i, content)
        );
        return new PageShell(
            $"What runs in {string.Join(", ", report.Environments.Select(each => each.Evidence.Name))}"
        )
        {
            Header = Html.Of(
                $"""
                <h1>What runs where</h1>
                <p id="read">Read {PageText.ExactMoment(report.ReadAt)}<span id="age"></span></p>
                <fieldset id="theme" hidden><legend>Theme</legend>
                <label><input type="radio" name="theme" value="auto" checked><span>Auto</span></label>
                <label><input type="radio" name="theme" value="light"><span>Light</span></label>
                <label><input type="radio" name="theme" value="dark"><span>Dark</span></label>
                </fieldset>
                """
            ),
            Main = Html.Of(
                $"""
                {Summary(content)}{MatrixSection.Of(content)}{AttentionSection.Of(content)}{UnreadSection.Of(
                    content
                )}<div id="search" role="search" hidden>
                <label for="query">Find a service</label> <input id="query" type="search" autocomplete="off" spellcheck="false">
                <label class="check"><input id="differs" type="checkbox"> only what is not running as pinned</label>
                <output id="found" for="query differs"></output>
                </div>
                {environments}{UnreadSection.Others(content)}
                """
            ),
            Footer = Html.Of(
                $"Written by <code>lading status --html</code>, which reads and changes nothing. Run it again for what runs now."
            ),
            Script = "status.js",
        }.ToString();
    }

    /// <summary>The number of containers in each state, and how much could not be read.</summary>
    private static Html Summary(PageContent content)
    {
        var states = content
            .Report.Environments.SelectMany(environment => environment.Containers)
            .GroupBy(container => container.State)
            .OrderBy(group => StatusCell.Weight(group.Key))
            .Select(group =>
                Html.Of(
                    $"""
                    <li><strong>{group.Count()}</strong> {PageText.State(group.Key)}</li>

                    """
                )
            );
        var failed = content.Report.Environments.Count(environment => environment.Evidence.Failure is not null);
        var unread =
            failed > 0
                ? Html.Of(
                    $"""
                    <li><strong>{failed}</strong> <a href="#unread">{PageText.Badge(
                        "ask",
                        "?",
                        failed == 1 ? "environment unreadable" : "environments unreadable"
                    )}</a></li>

                    """
                )
                : Html.Empty;
        return Html.Of(
            $"""
            <section aria-label="Containers by state">
            <ul class="summary">
            {states}{unread}</ul>
            </section>

            """
        );
    }
}
