using Lading.Git;

namespace Lading.Context;

/// <summary>The files of a submodule at the commit in its parent repository, from the clone in the working tree.</summary>
internal sealed class Submodule : IAsyncDisposable
{
    private readonly ObjectReader objects;
    private readonly string commit;
    private readonly string path;

    private Submodule(ObjectReader objects, string commit, string path, IReadOnlyList<TreeEntry> files)
    {
        this.objects = objects;
        this.commit = commit;
        this.path = path;
        Files = files;
    }

    /// <summary>Its files that count, by their paths in the same form as the parent's.</summary>
    public IReadOnlyList<TreeEntry> Files { get; }

    /// <summary>Opens a submodule and lists its files.</summary>
    /// <param name="parent">The parent repository.</param>
    /// <param name="prefix">The folder that its path is relative to, from the top of that repository.</param>
    /// <param name="entry">Its commit and its path.</param>
    /// <param name="covers">Whether a file of it counts.</param>
    /// <param name="cancellationToken">Cancels the git commands.</param>
    /// <exception cref="LadingException">It, or the commit, is not in this clone.</exception>
    public static async Task<Submodule> ReadAsync(
        GitRepository parent,
        string prefix,
        TreeEntry entry,
        Func<string, bool> covers,
        CancellationToken cancellationToken
    )
    {
        var folder = Path.Combine(parent.Top, prefix + entry.Path);
        if (!Path.Exists(Path.Combine(folder, ".git")))
        {
            throw Missing(prefix + entry.Path, "it is not checked out here");
        }

        var repository = await GitRepository.FindAsync(folder, cancellationToken).ConfigureAwait(false);
        var objects = ObjectReader.Start(repository.Git);
        try
        {
            var commit = entry.Id.ToString();
            var tree =
                await objects.FindAsync(commit + "^{tree}", cancellationToken).ConfigureAwait(false)
                ?? throw Missing(prefix + entry.Path, $"its commit {commit} is not in this clone");
            var trees = new TreeReader(objects);
            await trees.LoadAsync([tree.Id], cancellationToken).ConfigureAwait(false);
            var files = trees
                .List(tree.Id)
                .Select(file => file with { Path = $"{entry.Path}/{file.Path}" })
                .Where(file => covers(file.Path))
                .ToList();
            if (files.Find(file => file.Mode == EntryMode.Submodule) is { Path: { } deeper })
            {
                throw new LadingException(
                    "Could not write a build context",
                    $"{prefix}{deeper} is a submodule of a submodule",
                    "Keep it out of the image with the ignore file."
                );
            }

            return new Submodule(objects, commit, entry.Path, files);
        }
        catch
        {
            await objects.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether a path is one of its files.</summary>
    public bool Holds(string file) =>
        file.Length > path.Length && file[path.Length] == '/' && file.StartsWith(path, StringComparison.Ordinal);

    /// <summary>Writes some of its files.</summary>
    /// <exception cref="LadingException">A file is under a filter, or not in this clone.</exception>
    public async Task WriteAsync(
        IReadOnlyList<TreeEntry> files,
        string folder,
        string scratch,
        CancellationToken cancellationToken
    )
    {
        var filters = await FileFilters
            .ReadAsync(
                objects,
                commit,
                [.. files.Select(file => file.Path[(path.Length + 1)..])],
                scratch,
                cancellationToken
            )
            .ConfigureAwait(false);
        foreach (var (file, filter) in filters.Take(1))
        {
            throw new LadingException(
                "Could not write a build context",
                $"{file} of the submodule {path} is under the git filter '{filter}' (.gitattributes)",
                "Keep the file out of the image with the ignore file."
            );
        }

        await CleanCheckout.WriteAsync(objects, files, folder, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => objects.DisposeAsync();

    private static LadingException Missing(string path, string reason) =>
        new(
            $"Could not read the submodule {path}",
            reason,
            $"Run 'git submodule update --init {ShellArgument.Of(path)}', or keep it out of the image with the ignore file."
        );
}
