namespace Lading.Running;

/// <summary>What runs where, and whether it is what HEAD and the stacks say.</summary>
/// <param name="ReadAt">When it was begun.</param>
/// <param name="Heads">The images of HEAD, by name; empty outside of a project.</param>
/// <param name="HeadFailure">Why the images of HEAD are not known; null if they are, or there is no project.</param>
/// <param name="Environments">In the order that was asked for.</param>
/// <param name="Behind">How many commits HEAD is ahead, by revision; those that this clone does not have are left out.</param>
internal sealed record StatusReport(
    DateTimeOffset ReadAt,
    IReadOnlyList<HeadCell> Heads,
    LadingException? HeadFailure,
    IReadOnlyList<EnvironmentStatus> Environments,
    IReadOnlyDictionary<string, int> Behind
)
{
    /// <summary>Whether all of it was read and runs what was meant.</summary>
    public bool Holds => Environments.All(environment => environment.Holds);

    /// <summary>Whether every registry could be asked, so that what was not found is not published.</summary>
    public bool KnowsRegistries =>
        Environments.All(environment =>
            environment.Evidence.Failure is null
            && environment.Evidence.Unread.All(fact => !fact.Source.Action.StartsWith("ecr:", StringComparison.Ordinal))
        );

    /// <summary>The names of all rows: the images of HEAD, then what else runs.</summary>
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

    /// <summary>What a container is listed under: its image's name, else the repository, else its own name.</summary>
    public static string RowOf(ContainerVerdict container) =>
        container.Image
        ?? (
            Oci.ImageReference.TryParse(container.Reference, out var reference)
                ? reference.Repository.Value
                : container.Container
        );
}

/// <summary>An image as HEAD has it.</summary>
/// <param name="Name">In <c>lading.json</c>.</param>
/// <param name="Revision">The commit that first published it; null if it is not published anywhere.</param>
/// <param name="Reason">Why it is held back; null if it is not.</param>
internal sealed record HeadCell(string Name, string? Revision, string? Reason);
