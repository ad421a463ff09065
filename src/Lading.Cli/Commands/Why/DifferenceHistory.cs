using Lading.Git;

namespace Lading.Cli.Commands.Why;

/// <summary>The commits behind a difference.</summary>
/// <param name="Files">Of files, and of <c>lading.json</c>.</param>
/// <param name="Bases">Of <c>lading.bases.json</c>, by the reference whose pin moved.</param>
/// <param name="ConfigurationPath">Of <c>lading.json</c> from the top of the repository; null where no history could be read.</param>
internal sealed record DifferenceHistory(
    FileHistory Files,
    IReadOnlyDictionary<string, FileHistory> Bases,
    string? ConfigurationPath
)
{
    /// <summary>Of <c>lading.bases.json</c>.</summary>
    public string PinsPath { get; init; } = "";

    /// <summary>False where one side is not in this clone.</summary>
    public bool IsKnown => ConfigurationPath is not null;

    public IReadOnlyList<FileCommit> OfFile(string place) => Files.Of(place);

    public IReadOnlyList<FileCommit> OfSettings => ConfigurationPath is { } path ? Files.Of(path) : [];

    public IReadOnlyList<FileCommit> OfBase(string reference) =>
        Bases.TryGetValue(reference, out var history) ? history.Of(PinsPath) : [];
}
