namespace Lading.Git;

/// <summary>
/// The submodules with uncommitted changes inside. Each is queried as its own repository: if git queried them itself,
/// it would run filter programs from their configuration.
/// </summary>
internal static class OpenSubmodules
{
    private const string Mode = "160000 ";

    /// <summary>Finds the submodules; a repository without <c>.gitmodules</c> has none, and needs no process.</summary>
    /// <returns>Paths from the top.</returns>
    /// <exception cref="LadingException">git failed.</exception>
    public static async Task<IReadOnlyList<string>> FindAsync(
        GitRepository repository,
        CancellationToken cancellationToken
    )
    {
        if (!File.Exists(Path.Combine(repository.Top, ".gitmodules")))
        {
            return [];
        }

        var git = repository.Git with { Folder = repository.Top };
        var index = await git.RunAsync(
                "Could not list the submodules of the repository",
                ["ls-files", "--stage", "-z"],
                cancellationToken
            )
            .ConfigureAwait(false);
        var open = new List<string>();
        foreach (
            var path in GitPath
                .Decode(index.Output.Span)
                .Split('\0')
                .Where(line => line.StartsWith(Mode, StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..])
                .Distinct(StringComparer.Ordinal)
                .Where(path => GitPath.IsUtf8(path) && Path.Exists(Path.Combine(repository.Top, path, ".git")))
        )
        {
            var submodule = await GitRepository
                .FindAsync(Path.Combine(repository.Top, path), cancellationToken)
                .ConfigureAwait(false);
            if ((await submodule.GetStatusAsync(cancellationToken).ConfigureAwait(false)).Changes.Count > 0)
            {
                open.Add(path);
            }
        }

        return open;
    }
}
