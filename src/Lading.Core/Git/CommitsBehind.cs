using System.Globalization;
using Lading.Processes;

namespace Lading.Git;

/// <summary>Counts how far revisions are behind HEAD.</summary>
internal static class CommitsBehind
{
    /// <summary>Counts the commits of HEAD that each revision lacks.</summary>
    /// <param name="folder">A folder of the working tree.</param>
    /// <param name="revisions">Full commit hashes, or prefixes.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>
    /// The counts by revision, without commits that this clone does not have; empty if there is no repository.
    /// </returns>
    public static async Task<IReadOnlyDictionary<string, int>> CountAsync(
        string folder,
        IEnumerable<string> revisions,
        CancellationToken cancellationToken
    )
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var git = new GitProgram(folder);
        foreach (var revision in revisions.Where(IsHash).Distinct(StringComparer.Ordinal))
        {
            try
            {
                var result = await ProgramRunner
                    .RunAsync(
                        git.Call("rev-list", "--count", $"{revision}..HEAD", "--"),
                        ReadOnlyMemory<byte>.Empty,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                if (
                    result.ExitCode == 0
                    && int.TryParse(result.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                )
                {
                    counts[revision] = count;
                }
            }
            catch (ProgramNotFoundException)
            {
                break;
            }
        }

        return counts;
    }

    private static bool IsHash(string revision) =>
        revision.Length is >= 7 and <= 64 && revision.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');
}
