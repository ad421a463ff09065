namespace Lading.Cli.Output.Page;

/// <summary>
/// The sections of facts that could not be read, with remedies, and of workloads outside of all stacks.
/// </summary>
internal static class UnreadSection
{
    private static readonly PageTable Unread = new(
        "unread",
        "Could not be read",
        ["Where", "What came back", "What to do"],
        rowHeader: 0
    )
    {
        Note = "What these would have shown is unknown, not absent.",
    };

    private static readonly PageTable Outside = new(
        "others",
        "Outside of all stacks",
        ["Where", "Service or task", "Container", "Image", "Tasks"],
        rowHeader: 1
    );

    public static Html Of(PageContent content) => Unread.Of([.. Rows(content)]);

    /// <summary>The section of workloads that belong to no stack.</summary>
    public static Html Others(PageContent content) =>
        Outside.Of([
            .. from environment in content.Report.Environments
            from container in environment.Others
            select (IReadOnlyList<Html>)
                [
                    Text(environment.Evidence.Name),
                    Html.Of($"{PageText.Name(container.Cluster)}/{PageText.Name(container.Service)}"),
                    Text(container.Container),
                    Html.Of($"""<code class="long">{container.Reference}</code>"""),
                    container.Desired is { } desired
                        ? Html.Of($"<span>{container.Tasks} of {desired}</span>")
                        : Html.Of($"<span>{container.Tasks}</span>"),
                ],
        ]);

    private static IEnumerable<IReadOnlyList<Html>> Rows(PageContent content)
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

    private static IReadOnlyList<Html> Row(string where, string reason, string? remedy) =>
        [Html.Of($"{PageText.Name(where)}"), Text(reason), Text(remedy)];

    private static Html Text(string? text) => Html.Of($"<span>{PageText.Name(text)}</span>");
}
