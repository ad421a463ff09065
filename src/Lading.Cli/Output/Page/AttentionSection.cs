using Lading.Running;

namespace Lading.Cli.Output.Page;

/// <summary>The section of containers that do not run what is pinned, with the reasons.</summary>
internal static class AttentionSection
{
    public static Html Of(PageContent content)
    {
        var all = (
            from card in content.Cards
            from container in card.Containers
            where container.State != RunningState.Running
            orderby StatusCell.Weight(container.State) descending
            select Item(card, container, content)
        ).ToList();
        return all.Count == 0
            ? Html.Empty
            : Html.Of(
                $"""
                <section id="attention" aria-labelledby="attention-title">
                <h2 id="attention-title">Not as pinned</h2>
                <ul class="attention">
                {all}</ul>
                </section>

                """
            );
    }

    private static Html Item(WorkloadCard card, ContainerVerdict container, PageContent content)
    {
        var version = container.Revision is { } revision
            ? PageText.Commit(revision, content.Past.Subjects)
            : Html.Empty;
        return Html.Of(
            $"""
            <li class="{PageText.ToneOf(container.State)}">
            <p>{PageText.State(container.State)} <a href="#{card.Id}">{PageText.Name(
                container.Service
            )}</a> <span class="muted">{PageText.Name(card.Environment.Evidence.Name)} · {PageText.Name(
                container.Stack
            )} · container {PageText.Name(container.Container)}</span> {version}</p>
            <p>{PageText.Name(container.Reason)}</p>
            </li>

            """
        );
    }
}
