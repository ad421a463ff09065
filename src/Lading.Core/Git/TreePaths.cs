namespace Lading.Git;

/// <summary>Resolves paths of a git tree, following symbolic links like a file system, within the tree.</summary>
/// <param name="objects">The repository's objects.</param>
/// <param name="root">The git name of the whole repository's tree.</param>
internal sealed class TreePaths(ObjectReader objects, string root)
{
    private readonly Dictionary<string, TreeFolder?> folders = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectId, string> targets = [];

    /// <summary>Resolves paths, in order. Without links, this is one round trip to git.</summary>
    /// <param name="paths">From the top of the repository, in their shortest form; empty for the top.</param>
    /// <param name="cancellationToken">Cancels it; git cannot be used afterwards.</param>
    public async Task<IReadOnlyList<TreePath>> FindAllAsync(
        IReadOnlyList<string> paths,
        CancellationToken cancellationToken
    )
    {
        await LoadFoldersAsync(paths.SelectMany(Above), cancellationToken).ConfigureAwait(false);
        var walks = paths.Select(path => new TreeWalk(path, folders, targets)).ToList();
        while (true)
        {
            walks = walks.ConvertAll(walk => walk.Result is null ? new TreeWalk(walk.Asked, folders, targets) : walk);
            var open = walks.Where(walk => walk.Result is null).ToList();
            if (open.Count == 0)
            {
                return [.. walks.Select(walk => walk.Result!)];
            }

            await LoadFoldersAsync(open.Select(walk => walk.MissingFolder).OfType<string>(), cancellationToken)
                .ConfigureAwait(false);
            await LoadTargetsAsync(open.Select(walk => walk.MissingTarget).OfType<ObjectId>(), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static IEnumerable<string> Above(string path)
    {
        for (var at = path; at.Length > 0; )
        {
            at = at[..Math.Max(0, at.LastIndexOf('/'))];
            yield return at;
        }
    }

    private async Task LoadFoldersAsync(IEnumerable<string> wanted, CancellationToken cancellationToken)
    {
        var paths = wanted.Distinct(StringComparer.Ordinal).Where(path => !folders.ContainsKey(path)).ToList();
        var found = await objects
            .FindAllAsync(paths.ConvertAll(path => $"{root}:{path}"), cancellationToken)
            .ConfigureAwait(false);
        for (var i = 0; i < paths.Count; i++)
        {
            folders[paths[i]] = found[i] is { Type: "tree" } tree ? new TreeFolder(tree) : null;
        }
    }

    private async Task LoadTargetsAsync(IEnumerable<ObjectId> wanted, CancellationToken cancellationToken)
    {
        var ids = wanted.Distinct().ToList();
        var found = await objects
            .FindAllAsync(ids.ConvertAll(id => id.ToString()), cancellationToken)
            .ConfigureAwait(false);
        for (var i = 0; i < ids.Count; i++)
        {
            // The target of a missing object is unknown; it counts as empty.
            targets[ids[i]] = found[i] is { } link ? GitPath.Decode(link.Content) : "";
        }
    }
}

/// <summary>A symbolic link in a path.</summary>
/// <param name="Path">From the top of the repository.</param>
/// <param name="Id">The object with its target.</param>
/// <param name="Target">Its target, as written.</param>
internal sealed record TreeLink(string Path, ObjectId Id, string Target);
