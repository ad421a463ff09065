namespace Lading.Git;

/// <summary>
/// The working tree written as a git tree into an object store of its own: the same ids that a commit would give, without
/// touching the user's index, objects or stash. Disposing of it removes the store.
/// </summary>
internal sealed class WorkingTreeSnapshot : IDisposable
{
    private readonly string store;

    private WorkingTreeSnapshot(string store, GitProgram git, ObjectId tree)
    {
        this.store = store;
        Git = git;
        Tree = tree;
    }

    /// <summary>A git that sees the snapshot's objects as well as the repository's.</summary>
    public GitProgram Git { get; }

    /// <summary>The tree of the whole working tree: tracked files as they are, and untracked ones that are not ignored.</summary>
    public ObjectId Tree { get; }

    /// <summary>Writes the snapshot.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="folder">An empty folder of the caller's for the temporary objects and index.</param>
    /// <param name="cancellationToken">Ends git.</param>
    public static async Task<WorkingTreeSnapshot> TakeAsync(
        GitRepository repository,
        string folder,
        CancellationToken cancellationToken
    )
    {
        const string Attempted = "Could not read the working tree as it is";
        var paths = await repository
            .Git.RunAsync(
                Attempted,
                ["rev-parse", "--path-format=absolute", "--git-path", "objects", "--git-path", "index"],
                cancellationToken
            )
            .ConfigureAwait(false);
        var lines = paths.Text.Split('\n');
        var index = Path.Combine(folder, "index");
        var objects = Path.Combine(folder, "objects");
        Directory.CreateDirectory(objects);
        if (File.Exists(lines[1]))
        {
            // What the index knows of unchanged files spares hashing them again.
            File.Copy(lines[1], index);
        }

        var alternates = Environment.GetEnvironmentVariable("GIT_ALTERNATE_OBJECT_DIRECTORIES");
        var git = repository.Git with
        {
            Folder = repository.Top,
            Variables = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["GIT_INDEX_FILE"] = index,
                ["GIT_OBJECT_DIRECTORY"] = objects,
                ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = string.IsNullOrEmpty(alternates)
                    ? lines[0]
                    : lines[0] + Path.PathSeparator + alternates,
            },
        };
        await git.RunAsync(Attempted, ["add", "--all", "--", ".", ":(exclude,glob)**/.lading/**"], cancellationToken)
            .ConfigureAwait(false);
        var tree = await git.RunAsync(Attempted, ["write-tree"], cancellationToken).ConfigureAwait(false);
        return new WorkingTreeSnapshot(folder, git with { Folder = repository.Git.Folder }, ObjectId.Parse(tree.Text));
    }

    public void Dispose()
    {
        if (Directory.Exists(store))
        {
            Directory.Delete(store, recursive: true);
        }
    }
}
