namespace Lading.Git;

/// <summary>
/// The working tree written as a git tree into an object store of its own: the same ids that a commit would give, without
/// touching the user's index, objects or stash. Disposing of it removes the store.
/// </summary>
internal sealed class WorkingTreeSnapshot : IDisposable
{
    private const string Attempted = "Could not read the working tree as it is";
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
    /// <param name="objects">Its objects.</param>
    /// <param name="status">What differs from the commit; nothing else is looked at again.</param>
    /// <param name="folder">An empty folder of the caller's for the temporary objects and index.</param>
    /// <param name="cancellationToken">Ends git.</param>
    public static async Task<WorkingTreeSnapshot> TakeAsync(
        GitRepository repository,
        ObjectReader objects,
        WorkingTreeStatus status,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var places = await repository
            .Git.RunAsync(
                Attempted,
                [
                    .. (string[])["rev-parse", "--path-format=absolute", "--git-path", "objects"],
                    .. (string[])["--git-path", "index", "--git-dir"],
                ],
                cancellationToken
            )
            .ConfigureAwait(false);
        var lines = places.Text.Split('\n');
        var store = Path.Combine(folder, "objects");
        Directory.CreateDirectory(store);
        var alternates = Environment.GetEnvironmentVariable("GIT_ALTERNATE_OBJECT_DIRECTORIES");
        var git = repository.Git with
        {
            Folder = repository.Top,
            Variables = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["GIT_INDEX_FILE"] = Path.Combine(folder, "index"),
                ["GIT_OBJECT_DIRECTORY"] = store,
                ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = string.IsNullOrEmpty(alternates)
                    ? lines[0]
                    : lines[0] + Path.PathSeparator + alternates,
            },
        };
        var tree = WorkingTreeOverlay.IsPossible(status, lines[2])
            ? await new WorkingTreeOverlay(WithIndex("changes"), objects)
                .WriteAsync(status, cancellationToken)
                .ConfigureAwait(false)
            : null;
        return new WorkingTreeSnapshot(
            folder,
            git with
            {
                Folder = repository.Git.Folder,
            },
            tree ?? await IndexAllAsync(git, status, lines[1], cancellationToken).ConfigureAwait(false)
        );

        GitProgram WithIndex(string name) =>
            git with
            {
                Variables = new Dictionary<string, string?>(git.Variables, StringComparer.Ordinal)
                {
                    ["GIT_INDEX_FILE"] = Path.Combine(folder, name),
                },
            };
    }

    /// <summary>Through a second index of all files.</summary>
    private static async Task<ObjectId> IndexAllAsync(
        GitProgram git,
        WorkingTreeStatus status,
        string index,
        CancellationToken cancellationToken
    )
    {
        if (File.Exists(index))
        {
            // What did not change, the index has already.
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
