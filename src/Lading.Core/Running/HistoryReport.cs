using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>The releases of a stack.</summary>
/// <param name="Environment">The environment's name.</param>
/// <param name="Evidence">The evidence.</param>
/// <param name="Releases">The newest first.</param>
/// <param name="Subjects">The first line of the commits' messages; commits that this clone does not have are left out.</param>
internal sealed record HistoryReport(
    string Environment,
    HistoryEvidence Evidence,
    IReadOnlyList<Release> Releases,
    IReadOnlyDictionary<string, string> Subjects
)
{
    /// <summary>The stack as a command line names it: <c>Shop --env prod</c>.</summary>
    public string Address { get; init; } = Evidence.Stack;

    /// <summary>Whether a release has an image that was rolled back and has not been deployed again since.</summary>
    public bool WasRolledBack(Release release)
    {
        var recorded = Evidence.Records.MaxBy(record => record.Version)?.Record.Images.Values;
        return recorded is not null
            && release.Images.Values.Any(reference =>
                ReleaseFacts.DigestOf(reference) is { } digest
                && recorded.Any(image => image.RolledBackFrom.Contains($"{digest}", StringComparer.Ordinal))
            );
    }
}
