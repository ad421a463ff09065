using Lading.Processes;

namespace Lading.Git;

/// <summary>The files of a working tree that git ignores.</summary>
internal static class IgnoredFiles
{
    private const string Attempted = "Could not see what git ignores";

    /// <summary>Ignored files by their paths from the top; a folder that is ignored as a whole is one entry that ends in <c>/</c>.</summary>
    /// <exception cref="LadingException">git failed.</exception>
    public static async Task<IReadOnlyList<string>> ListAsync(
        GitRepository repository,
        CancellationToken cancellationToken
    )
    {
        var git = repository.Git with { Folder = repository.Top };
        var paths = await git.ListPathsAsync(
                Attempted,
                ["ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"],
                cancellationToken
            )
            .ConfigureAwait(false);
        return [.. paths];
    }

    /// <summary>The line of the ignore file that matches each path: <c>.gitignore line 1 (target/)</c>; paths without a match are left out.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="paths">From the top.</param>
    /// <param name="cancellationToken">Cancels the git command.</param>
    /// <exception cref="LadingException">git failed.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ExplainAsync(
        GitRepository repository,
        IReadOnlyCollection<string> paths,
        CancellationToken cancellationToken
    )
    {
        var causes = new Dictionary<string, string>(StringComparer.Ordinal);
        if (paths.Count == 0)
        {
            return causes;
        }

        var git = repository.Git with { Folder = repository.Top };
        byte[] input = [.. paths.SelectMany(path => GitPath.Encode(path).Append((byte)0))];
        var call = git.Call("check-ignore", "--verbose", "--non-matching", "--no-index", "-z", "--stdin");
        var result = await ProgramRunner.RunAsync(call, input, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode > 1)
        {
            throw GitFailure.Of(Attempted, result.Error);
        }

        var fields = GitPath.Decode(result.Output.Span).Split('\0');
        for (var i = 0; i + 3 < fields.Length; i += 4)
        {
            if (fields[i].Length > 0)
            {
                causes[fields[i + 3]] = $"{fields[i]} line {fields[i + 1]} ({fields[i + 2]})";
            }
        }

        return causes;
    }
}
