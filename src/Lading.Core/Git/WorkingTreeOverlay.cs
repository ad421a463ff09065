namespace Lading.Git;

/// <summary>
/// Writes the working tree as the trees of <c>HEAD</c> with the changes applied, through an index of the changes alone: the cost
/// depends on the changes, not on the size of the tree.
/// </summary>
/// <param name="git">Writes to the snapshot's store, with a separate index that does not exist yet.</param>
/// <param name="objects">The repository's objects.</param>
internal sealed class WorkingTreeOverlay(GitProgram git, ObjectReader objects)
{
    private const string Attempted = "Could not read the working tree as it is";

    /// <summary>
    /// Whether the changes suffice: there are no conflicts, HEAD has a commit, and no files are excluded from the
    /// working tree.
    /// </summary>
    /// <param name="status">The changes since the commit.</param>
    /// <param name="gitFolder">The repository's git directory.</param>
    public static bool IsPossible(WorkingTreeStatus status, string gitFolder) =>
        status is { Head: not null, HasConflicts: false }
        && !File.Exists(System.IO.Path.Combine(gitFolder, "info", "sparse-checkout"));

    /// <summary>Writes the trees.</summary>
    /// <param name="status">The changes since the commit.</param>
    /// <param name="cancellationToken">Cancels the git commands.</param>
    /// <returns>The tree of the top; null if an index of all files is needed.</returns>
    /// <exception cref="LadingException">git failed.</exception>
    public async Task<ObjectId?> WriteAsync(WorkingTreeStatus status, CancellationToken cancellationToken)
    {
        var writer = TreeWriter.Start(git);
        await using (writer.ConfigureAwait(false))
        {
            var now = await HashAsync(status, cancellationToken).ConfigureAwait(false);
            // A nested repository is named without its slash.
            var levels = OverlaidFolder.Arrange(status.Paths.Select(path => path.TrimEnd('/')), now);
            var folders = levels.SelectMany(level => level).ToList();
            var found = await objects
                .FindAllAsync(folders.ConvertAll(folder => $"{status.Head}:{folder.Path}"), cancellationToken)
                .ConfigureAwait(false);
            var before = folders
                .Zip(found)
                .ToDictionary(pair => pair.First, pair => pair.Second is { Type: "tree" } tree ? tree : null);
            foreach (var level in levels.Reverse())
            {
                var contents = level.Select(folder => (folder, entries: folder.Over(before[folder]))).ToList();
                if (contents.Exists(one => one.entries is null))
                {
                    return null;
                }

                contents.RemoveAll(one => one.entries!.Count == 0);
                var written = await writer
                    .WriteAsync([.. contents.Select(one => one.entries!.Values.ToList())], cancellationToken)
                    .ConfigureAwait(false);
                foreach (var (one, tree) in contents.Zip(written))
                {
                    one.folder.Tree = tree;
                }
            }

            return levels[0][0].Tree;
        }
    }

    /// <summary>
    /// Hashes the changes as git would add them, which depends on their index entries (gitattributes, "text";
    /// core.fileMode).
    /// </summary>
    private async Task<IReadOnlyList<TreeEntry>> HashAsync(
        WorkingTreeStatus status,
        CancellationToken cancellationToken
    )
    {
        var areFew = AreFew(status.Indexed);
        if (!areFew)
        {
            await git.RunAsync(
                    Attempted,
                    Records(status.Indexed.Select(entry => $"{Mode(entry)} {entry.Id}\t{entry.Path}")),
                    ["update-index", "-z", "--index-info"],
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        var known = areFew ? status.Indexed : [];
        await git.RunAsync(
                Attempted,
                Records(status.Paths.Select(path => path.TrimEnd('/'))),
                [
                    .. (string[])["update-index", "--add", "--remove", "--replace"],
                    .. known.SelectMany(entry => new[] { "--cacheinfo", $"{Mode(entry)},{entry.Id},{entry.Path}" }),
                    .. (string[])["-z", "--stdin"],
                ],
                cancellationToken
            )
            .ConfigureAwait(false);
        var listed = await git.RunAsync(Attempted, ["ls-files", "--stage", "-z"], cancellationToken)
            .ConfigureAwait(false);
        return IndexEntry.Parse(listed.Output.Span);
    }

    /// <summary>
    /// Whether they can be passed as arguments, which saves a call: arguments are limited in length and must be text.
    /// </summary>
    private static bool AreFew(IReadOnlyList<TreeEntry> entries) =>
        entries.Sum(entry => entry.Path.Length + 60) < 8_000 && entries.All(entry => GitPath.IsUtf8(entry.Path));

    private static string Mode(TreeEntry entry) => System.Text.Encoding.ASCII.GetString(entry.Mode.Octal());

    private static byte[] Records(IEnumerable<string> records)
    {
        using var bytes = new MemoryStream();
        foreach (var record in records)
        {
            bytes.Write(GitPath.Encode(record));
            bytes.WriteByte(0);
        }

        return bytes.ToArray();
    }
}
