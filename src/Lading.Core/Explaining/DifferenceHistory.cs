using Lading.Context;
using Lading.Git;

namespace Lading.Explaining;

/// <summary>The commits behind a difference.</summary>
/// <param name="Files">Commits of files, and of <c>lading.json</c>.</param>
/// <param name="Bases">Commits of <c>lading.bases.json</c>, by the reference whose pin changed.</param>
/// <param name="ConfigurationPath">The path of <c>lading.json</c> from the top of the repository; null if no history could be read.</param>
internal sealed record DifferenceHistory(
    FileHistory Files,
    IReadOnlyDictionary<string, FileHistory> Bases,
    string? ConfigurationPath
)
{
    /// <summary>The path of <c>lading.bases.json</c>.</summary>
    public string PinsPath { get; init; } = "";

    /// <summary>Reads the commits, if both sides are in this clone.</summary>
    public static async Task<DifferenceHistory> ReadAsync(
        GitRepository repository,
        ExplainedImage before,
        ExplainedImage after,
        ImageDifference difference,
        CancellationToken cancellationToken
    )
    {
        if (before.Known is not { } from || after.Known is not { } to || difference.IsEmpty)
        {
            return new DifferenceHistory(FileHistory.None, new Dictionary<string, FileHistory>(), null);
        }

        var configuration = repository.Prefix + OwnFiles.Configuration;
        var pins = repository.Prefix + OwnFiles.BasePins;
        var paths = difference.Files.Select(file => file.FullPath).ToList();
        if (difference.Settings.Count > 0)
        {
            paths.Add(configuration);
        }

        var files = await FileHistory
            .ReadAsync(repository, from, to, paths, null, cancellationToken)
            .ConfigureAwait(false);
        var bases = new Dictionary<string, FileHistory>(StringComparer.Ordinal);
        foreach (var change in difference.Bases)
        {
            if ((change.After?.Counting ?? change.Before?.Counting) is { } digest)
            {
                bases[change.Reference] = await FileHistory
                    .ReadAsync(repository, from, to, [pins], digest.ToString(), cancellationToken)
                    .ConfigureAwait(false);
            }
        }

        return new DifferenceHistory(files, bases, configuration) { PinsPath = pins };
    }

    /// <summary>False if one side is not in this clone.</summary>
    public bool IsKnown => ConfigurationPath is not null;

    public IReadOnlyList<FileCommit> OfFile(string path) => Files.Of(path);

    public IReadOnlyList<FileCommit> OfSettings => ConfigurationPath is { } path ? Files.Of(path) : [];

    public IReadOnlyList<FileCommit> OfBase(string reference) =>
        Bases.TryGetValue(reference, out var history) ? history.Of(PinsPath) : [];
}
