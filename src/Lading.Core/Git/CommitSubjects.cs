using Lading.Processes;

namespace Lading.Git;

/// <summary>The subjects of commits: the first lines of their messages.</summary>
internal static class CommitSubjects
{
    /// <summary>Reads subjects with one git process.</summary>
    /// <param name="folder">A folder of the working tree.</param>
    /// <param name="revisions">Full commit hashes.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>
    /// The subjects by revision, without commits that this clone does not have; empty if there is no repository.
    /// </returns>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        string folder,
        IEnumerable<string> revisions,
        CancellationToken cancellationToken
    )
    {
        var subjects = new Dictionary<string, string>(StringComparer.Ordinal);
        var hashes = revisions.Where(IsHash).Distinct(StringComparer.Ordinal).ToList();
        if (hashes.Count == 0)
        {
            return subjects;
        }

        try
        {
            var call = new GitProgram(folder).Call(
                "log",
                "--no-walk=unsorted",
                "--ignore-missing",
                "--format=%H %s",
                "--stdin"
            );
            var result = await ProgramRunner
                .RunAsync(call, GitProgram.Lines(hashes), cancellationToken)
                .ConfigureAwait(false);
            foreach (var line in result.ExitCode == 0 ? result.Text.Split('\n') : [])
            {
                var space = line.IndexOf(' ', StringComparison.Ordinal);
                if (space > 0)
                {
                    subjects[line[..space]] = line[(space + 1)..];
                }
            }
        }
        catch (ProgramNotFoundException)
        {
            // Without git there are no messages, and the rest of the history is unaffected.
        }

        return subjects;
    }

    private static bool IsHash(string revision) =>
        revision.Length is 40 or 64 && revision.All(char.IsAsciiHexDigitLower);
}
