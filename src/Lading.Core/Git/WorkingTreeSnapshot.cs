namespace Lading.Git;

/// <summary>
/// The working tree written as a git tree into a separate object store: with the ids that a commit would have, without changing the
/// user's index, objects or stash. Disposing of it removes the store.
/// </summary>
internal sealed class WorkingTreeSnapshot : IDisposable
{
    private const string Attempted = "Could not read the working tree as it is";
    private readonly string folder;
    private readonly string index;
    private readonly string gitFolder;

    private WorkingTreeSnapshot(string folder, GitProgram git, string index, string gitFolder)
    {
        this.folder = folder;
        this.index = index;
        this.gitFolder = gitFolder;
        Git = git;
    }

    /// <summary>A git that sees the snapshot's objects, once they are written, and the repository's.</summary>
    public GitProgram Git { get; }

    /// <summary>Creates an empty store.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="folder">The caller's empty folder for the temporary objects and indexes.</param>
    /// <param name="cancellationToken">Cancels the git commands.</param>
    public static async Task<WorkingTreeSnapshot> PrepareAsync(
        GitRepository repository,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var folders = await repository
            .Git.RunAsync(
                Attempted,
                [
                    .. (string[])["rev-parse", "--path-format=absolute", "--git-path", "objects"],
                    .. (string[])["--git-path", "index", "--git-dir"],
                ],
                cancellationToken
            )
            .ConfigureAwait(false);
        var lines = folders.Text.Split('\n');
        var store = Path.Combine(folder, "objects");
        Directory.CreateDirectory(store);
        var alternates = Environment.GetEnvironmentVariable("GIT_ALTERNATE_OBJECT_DIRECTORIES");
        var git = repository.Git with
        {
            Variables = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["GIT_INDEX_FILE"] = Path.Combine(folder, "index"),
                ["GIT_OBJECT_DIRECTORY"] = store,
                ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = string.IsNullOrEmpty(alternates)
                    ? lines[0]
                    : lines[0] + Path.PathSeparator + alternates,
            },
        };
        return new WorkingTreeSnapshot(folder, git, lines[1], lines[2]);
    }

    /// <summary>Writes the tree of the whole working tree: tracked files as they are, and untracked files that are not ignored.</summary>
    /// <param name="top">The top of the working tree.</param>
    /// <param name="objects">Reads with <see cref="Git"/>.</param>
    /// <param name="status">The changes since the commit; other files are not checked again.</param>
    /// <param name="cancellationToken">Cancels the git commands.</param>
    public async Task<ObjectId> WriteAsync(
        string top,
        ObjectReader objects,
        WorkingTreeStatus status,
        CancellationToken cancellationToken
    )
    {
        var git = Git with { Folder = top };
        var tree = WorkingTreeOverlay.IsPossible(status, gitFolder)
            ? await new WorkingTreeOverlay(WithIndex(git, "changes"), objects)
                .WriteAsync(status, cancellationToken)
                .ConfigureAwait(false)
            : null;
        return tree ?? await IndexAllAsync(git, status, index, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private GitProgram WithIndex(GitProgram git, string name) =>
        git with
        {
            Variables = new Dictionary<string, string?>(git.Variables, StringComparer.Ordinal)
            {
                ["GIT_INDEX_FILE"] = Path.Combine(folder, name),
            },
        };

    /// <summary>Writes the tree through a second index of all files.</summary>
    private static async Task<ObjectId> IndexAllAsync(
        GitProgram git,
        WorkingTreeStatus status,
        string index,
        CancellationToken cancellationToken
    )
    {
        if (File.Exists(index))
        {
            // The index already has unchanged files.
            File.Copy(index, git.Variables["GIT_INDEX_FILE"]!);
        }

        await git.RunAsync(
                Attempted,
                Input(status.Paths),
                ["update-index", "--add", "--remove", "--replace", "-z", "--stdin"],
                cancellationToken
            )
            .ConfigureAwait(false);
        var tree = await git.RunAsync(Attempted, ["write-tree"], cancellationToken).ConfigureAwait(false);
        return ObjectId.Parse(tree.Text);
    }

    /// <summary>Paths terminated by NUL. A nested repository is named without its slash.</summary>
    private static byte[] Input(IEnumerable<string> paths)
    {
        using var bytes = new MemoryStream();
        foreach (var path in paths)
        {
            bytes.Write(GitPath.Encode(path.TrimEnd('/')));
            bytes.WriteByte(0);
        }

        return bytes.ToArray();
    }
}
