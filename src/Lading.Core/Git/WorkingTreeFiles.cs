using Lading.Processes;

namespace Lading.Git;

/// <summary>Git's view of the files of a working tree, tracked or not.</summary>
internal static class WorkingTreeFiles
{
    /// <summary>
    /// The existing files that git tracks or would track, by their paths from the top, without duplicates.
    /// </summary>
    /// <exception cref="LadingException">git failed.</exception>
    public static async Task<IReadOnlyList<string>> ListAsync(
        GitRepository repository,
        CancellationToken cancellationToken
    )
    {
        var git = repository.Git with { Folder = repository.Top };
        var paths = await git.ListPathsAsync(
                "Could not list the files of the repository",
                ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", "-z"],
                cancellationToken
            )
            .ConfigureAwait(false);
        return
        [
            .. paths.Where(path => File.Exists(Path.Combine(repository.Top, path))).Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether an ignore file matches a path, which need not exist.</summary>
    /// <param name="git">git, run in the folder that the path is relative to.</param>
    /// <param name="path">With <c>/</c>.</param>
    /// <param name="cancellationToken">Cancels the git command.</param>
    /// <exception cref="LadingException">git failed.</exception>
    public static async Task<bool> IsIgnoredAsync(GitProgram git, string path, CancellationToken cancellationToken)
    {
        var call = git.Call("check-ignore", "--quiet", "--no-index", "--", path);
        var result = await ProgramRunner
            .RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken)
            .ConfigureAwait(false);
        return result.ExitCode switch
        {
            0 => true,
            1 => false,
            _ => throw GitFailure.Of("Could not see what git ignores", result.Error),
        };
    }
}
