using System.Text;

namespace Lading.Git;

/// <summary>Which commits between two revisions changed which files.</summary>
/// <param name="Commits">By path from the top of the repository, the newest first.</param>
/// <param name="IsCut">True in a shallow clone, where commits may be missing.</param>
internal sealed record FileHistory(IReadOnlyDictionary<string, IReadOnlyList<FileCommit>> Commits, bool IsCut)
{
    /// <summary>With more paths than this, the whole log is read and filtered here.</summary>
    private const int MaxPaths = 400;

    public static FileHistory None { get; } = new(new Dictionary<string, IReadOnlyList<FileCommit>>(), IsCut: false);

    /// <summary>The commits that changed a file; empty if none is known.</summary>
    public IReadOnlyList<FileCommit> Of(string path) => Commits.GetValueOrDefault(path) ?? [];

    /// <summary>Reads the history of files on both sides since two revisions diverged.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="from">One of the revisions.</param>
    /// <param name="to">The other revision.</param>
    /// <param name="paths">From the top of the repository.</param>
    /// <param name="containing">If set, only commits that added or removed this text count.</param>
    /// <param name="cancellationToken">Cancels the git command.</param>
    /// <exception cref="LadingException">git fails.</exception>
    public static async Task<FileHistory> ReadAsync(
        GitRepository repository,
        ObjectId from,
        ObjectId to,
        IReadOnlyCollection<string> paths,
        string? containing,
        CancellationToken cancellationToken
    )
    {
        if (from == to || paths.Count == 0)
        {
            return None;
        }

        var boundary = await FindBoundaryAsync(repository, cancellationToken).ConfigureAwait(false);
        var git = repository.Git with { Folder = repository.Top };
        var result = await git.RunAsync(
                "Could not read the history",
                [
                    "--literal-pathspecs",
                    "log",
                    "-z",
                    "--name-only",
                    "--no-renames",
                    // Without programs that the repository's configuration could run.
                    "--no-ext-diff",
                    "--no-textconv",
                    "--no-show-signature",
                    "--no-color",
                    "--left-right",
                    "--format=%x01%H%x00%m%x00%s%x00",
                    .. containing is null ? Array.Empty<string>() : ["-S" + containing],
                    $"{from}...{to}",
                    "--",
                    .. paths.Count > MaxPaths ? [] : paths,
                ],
                cancellationToken
            )
            .ConfigureAwait(false);
        return Parse(result.Output.Span, paths.ToHashSet(StringComparer.Ordinal), boundary);
    }

    private static FileHistory Parse(ReadOnlySpan<byte> output, HashSet<string> paths, HashSet<ObjectId> boundary)
    {
        var found = new Dictionary<string, IReadOnlyList<FileCommit>>(StringComparer.Ordinal);
        while (output.IndexOf((byte)1) is >= 0 and var start)
        {
            output = output[(start + 1)..];
            var end = output.IndexOf("\0\u0001"u8);
            var entry = end < 0 ? output : output[..(end + 1)];
            output = output[entry.Length..];
            var fields = GitPath.Decode(entry).Split('\0');
            var commit = new FileCommit(ObjectId.Parse(fields[0]), fields[2], fields[1] == "<");
            if (boundary.Contains(commit.Id))
            {
                // The oldest commit of a shallow clone seems to have made all earlier changes.
                continue;
            }

            foreach (var path in fields.Skip(3).Select(field => field.TrimStart('\n')).Where(paths.Contains))
            {
                found[path] = [.. found.GetValueOrDefault(path) ?? [], commit];
            }
        }

        return new FileHistory(found, boundary.Count > 0);
    }

    /// <summary>The oldest commits of a shallow clone; empty for a complete one.</summary>
    private static async Task<HashSet<ObjectId>> FindBoundaryAsync(
        GitRepository repository,
        CancellationToken cancellationToken
    )
    {
        var result = await repository
            .Git.RunAsync("Could not read the history", ["rev-parse", "--git-path", "shallow"], cancellationToken)
            .ConfigureAwait(false);
        var path = Path.GetFullPath(result.Text, repository.Git.Folder);
        return File.Exists(path)
            ?
            [
                .. (await File.ReadAllLinesAsync(path, Encoding.ASCII, cancellationToken).ConfigureAwait(false)).Select(
                    ObjectId.Parse
                ),
            ]
            : [];
    }
}

/// <summary>A commit that changed a file.</summary>
/// <param name="Id">The commit.</param>
/// <param name="Subject">The first line of its message.</param>
/// <param name="IsUndone">True if it is on the previous side, so that its change is undone.</param>
internal sealed record FileCommit(ObjectId Id, string Subject, bool IsUndone);
