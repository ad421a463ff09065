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
    /// <param name="paths">What differs from the commit, from the top; nothing else is looked at again.</param>
    /// <param name="folder">An empty folder of the caller's for the temporary objects and index.</param>
    /// <param name="cancellationToken">Ends git.</param>
    public static async Task<WorkingTreeSnapshot> TakeAsync(
        GitRepository repository,
        IEnumerable<string> paths,
        string folder,
        CancellationToken cancellationToken
    )
    {
        const string Attempted = "Could not read the working tree as it is";
        var places = await repository
            .Git.RunAsync(
                Attempted,
                ["rev-parse", "--path-format=absolute", "--git-path", "objects", "--git-path", "index"],
                cancellationToken
            )
            .ConfigureAwait(false);
        var lines = places.Text.Split('\n');
        var index = Path.Combine(folder, "index");
        var objects = Path.Combine(folder, "objects");
        Directory.CreateDirectory(objects);
        if (File.Exists(lines[1]))
        {
            // What did not change, the index has already.
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
        await git.RunAsync(
                Attempted,
                Input(paths),
                ["update-index", "--add", "--remove", "--replace", "-z", "--stdin"],
                cancellationToken
            )
            .ConfigureAwait(false);
        var tree = await git.RunAsync(Attempted, ["write-tree"], cancellationToken).ConfigureAwait(false);
        return new WorkingTreeSnapshot(folder, git with { Folder = repository.Git.Folder }, ObjectId.Parse(tree.Text));
    }

    /// <summary>Each ended by a NUL. A repository within this one is named without its slash.</summary>
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

    public void Dispose()
    {
        if (Directory.Exists(store))
        {
            Directory.Delete(store, recursive: true);
        }
    }
}
