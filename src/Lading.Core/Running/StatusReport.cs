namespace Lading.Running;

/// <summary>The images that environments run, and whether they match HEAD and the stacks.</summary>
/// <param name="ReadAt">When the report was started.</param>
/// <param name="Heads">The images of HEAD, by name; empty outside of a project.</param>
/// <param name="HeadFailure">Why the images of HEAD are unknown; null if they are known, or there is no project.</param>
/// <param name="Environments">Environments in the requested order.</param>
/// <param name="Behind">How many commits HEAD is ahead, by revision; commits that this clone does not have are left out.</param>
internal sealed record StatusReport(
    DateTimeOffset ReadAt,
    IReadOnlyList<HeadCell> Heads,
    LadingException? HeadFailure,
    IReadOnlyList<EnvironmentStatus> Environments,
    IReadOnlyDictionary<string, int> Behind
)
{
    /// <summary>Whether everything was read, and every container runs the intended image.</summary>
    public bool Holds => Environments.All(environment => environment.Holds);

    /// <summary>
    /// Why nothing could be read: the failure of the first environment; null if any environment could be.
    /// </summary>
    public LadingException? Failure =>
        Environments.All(environment => environment.Evidence.Failure is not null)
            ? Environments[0].Evidence.Failure
            : null;

    /// <summary>Whether the stacks of every environment were read, so an image in none of them does not run.</summary>
    public bool KnowsStacks =>
        Environments.All(environment =>
            environment.Evidence.Failure is null && !environment.Evidence.Unread.Any(fact => fact.IsOfStacks)
        );

    /// <summary>Whether every registry answered, so an image that was not found is not published.</summary>
    public bool KnowsRegistries =>
        Environments.All(environment =>
            environment.Evidence.Failure is null
            && environment.Evidence.Unread.All(fact => !fact.Source.Action.StartsWith("ecr:", StringComparison.Ordinal))
        );

    /// <summary>The names of all rows: the images of HEAD, then other running images.</summary>
    public IReadOnlyList<string> Rows =>
        [
            .. Heads.Select(head => head.Name),
            .. Environments
                .SelectMany(environment => environment.Containers)
                .Select(RowOf)
                .Distinct(StringComparer.Ordinal)
                .Except(Heads.Select(head => head.Name), StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The row that a container belongs to: its image's name, otherwise the repository, otherwise its own name.</summary>
    public static string RowOf(ContainerVerdict container) =>
        container.Image
        ?? (
            Oci.ImageReference.TryParse(container.Reference, out var reference)
                ? reference.Repository.Value
                : container.Container
        );
}

/// <summary>An image at HEAD.</summary>
/// <param name="Name">Its name in <c>lading.json</c>.</param>
/// <param name="Revision">The commit that first published it; null if it is not published anywhere.</param>
/// <param name="Reason">Why it is held back; null if it is not held back.</param>
internal sealed record HeadCell(string Name, string? Revision, string? Reason);
