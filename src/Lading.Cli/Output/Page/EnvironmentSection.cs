using System.Globalization;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Cli.Output.Page;

/// <summary>
/// The section of one environment: its workloads by stack, each with its verdicts, its releases, and the sources of its
/// facts.
/// </summary>
internal static class EnvironmentSection
{
    public static Html Of(EnvironmentStatus environment, int index, PageContent content)
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"e{index + 1}");
        var evidence = environment.Evidence;
        var stacks = content.Cards.Where(card => card.Environment == environment).GroupBy(card => card.Worst.Stack);
        return evidence.Failure is not null
            ? Html.Empty
            : Html.Of(
                $"""
                <section class="environment" aria-labelledby="{title}">
                <h2 id="{title}">{PageText.Name(
                    evidence.Name
                )} <span class="sub">account {evidence.Account} · {evidence.Region} · read {PageText.ExactMoment(
                    evidence.ReadAt
                )}</span></h2>
                {stacks.Select(stack => Stack(stack.Key, stack, content))}</section>

                """
            );
    }

    private static Html Stack(string? name, IEnumerable<WorkloadCard> cards, PageContent content) =>
        Html.Of(
            $"""
            <h3><span class="sub">stack</span> {PageText.Name(name)}</h3>
            {cards.Select(card => Card(card, content))}
            """
        );

    private static Html Card(WorkloadCard card, PageContent content)
    {
        var worst = card.Worst;
        var open = Html.OfProgram(worst.State == RunningState.Running ? "" : " open");
        var kind = worst.Cluster is { } cluster
            ? Html.Of($"{PageText.KindOf(worst.Kind)} in {PageText.Name(cluster)}")
            : Html.Of($"{PageText.KindOf(worst.Kind)}");
        var tasks = worst is { KnowsTasks: true, Desired: { } desired } ? PageText.Tasks(worst.Tasks, desired) : "";
        return Html.Of(
            $"""
            <details class="card {PageText.ToneOf(worst.State)}" id="{card.Id}"{open}>
            <summary><span class="title"><strong>{PageText.Name(
                worst.Service
            )}</strong> <span class="muted">{kind}</span></span> <span class="facts"><span>{tasks}</span> {PageText.State(
                worst.State
            )}</span></summary>
            {card.Containers.Select(container => VerdictFacts.Of(container, content))}{TimelineList.Of(
                card.Past,
                content
            )}{Evidence(card)}</details>

            """
        );
    }

    private static Html Evidence(WorkloadCard card)
    {
        var rows = card
            .Containers.SelectMany(container => container.Evidence)
            .Distinct()
            .Select(fact =>
                Html.Of(
                    $"""
                    <tr role="row"><td role="cell">{FactWords.Of(
                        fact.Action
                    )}</td><td role="cell"><code>{fact.Action}</code> {Subject(
                        fact
                    )}</td><td role="cell">{PageText.ExactMoment(fact.ReadAt)}</td></tr>

                    """
                )
            );
        return Html.Of(
            $"""
            <details class="sources"><summary>Where this is from</summary>
            <table role="table">
            <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Fact</th><th scope="col" role="columnheader">From</th><th scope="col" role="columnheader">Read</th></tr></thead>
            <tbody role="rowgroup">
            {rows}</tbody>
            </table>
            </details>

            """
        );
    }

    private static Html Subject(FactOrigin fact) =>
        Html.Of($"""<span title="{fact.Subject}">{PageText.Name(FactWords.NameOf(fact.Subject))}</span>""");
}
