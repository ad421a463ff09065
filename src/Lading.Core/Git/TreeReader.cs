namespace Lading.Git;

/// <summary>Lists the files of trees. Each tree is read once, however many images share it, and kept as git has it.</summary>
internal sealed class TreeReader(ObjectReader objects)
{
    private readonly Dictionary<ObjectId, byte[]> trees = [];

    /// <summary>All files, links and submodules of a tree that was loaded, in byte order of their paths.</summary>
    public IReadOnlyList<TreeEntry> List(ObjectId tree)
    {
        var files = new TreeListing();
        Walk(tree, files);
        return files.Entries;
    }

    /// <summary>Shows the files, links and submodules of a tree that was loaded. Several threads may do so at once.</summary>
    public void Walk(ObjectId tree, ITreeVisitor visitor) =>
        Walk(trees[tree], tree.HexLength / 2, new byte[256], 0, visitor);

    /// <summary>Reads trees level by level: as many round trips as the deepest path has folders.</summary>
    public async Task LoadAsync(IReadOnlyCollection<ObjectId> roots, CancellationToken cancellationToken)
    {
        var level = new List<ObjectId>();
        var seen = new HashSet<ObjectId>(trees.Keys);
        Add(roots, seen, level);
        while (level.Count > 0)
        {
            var found = await objects
                .FindAllAsync(level.ConvertAll(id => id.ToString()), cancellationToken)
                .ConfigureAwait(false);
            var below = new List<ObjectId>();
            for (var i = 0; i < level.Count; i++)
            {
                if (found[i] is not { Type: "tree" } tree)
                {
                    throw GitFailure.MissingObject(level[i], "tree");
                }

                trees.Add(level[i], tree.Content);
                AddFolders(tree, seen, below);
            }

            level = below;
        }
    }

    private static void Add(IEnumerable<ObjectId> ids, HashSet<ObjectId> seen, List<ObjectId> level)
    {
        foreach (var id in ids)
        {
            if (seen.Add(id))
            {
                level.Add(id);
            }
        }
    }

    private static void AddFolders(GitObject tree, HashSet<ObjectId> seen, List<ObjectId> below)
    {
        var entries = new TreeObject(tree.Content, tree.Id.HexLength / 2);
        while (entries.TryRead(out var item))
        {
            if (item.Mode == EntryMode.Folder && new ObjectId(item.Id) is var id && seen.Add(id))
            {
                below.Add(id);
            }
        }
    }

    /// <returns>The buffer of the path, which may have had to grow.</returns>
    private byte[] Walk(byte[] tree, int idLength, byte[] path, int length, ITreeVisitor visitor)
    {
        var entries = new TreeObject(tree, idLength);
        while (entries.TryRead(out var item))
        {
            var end = length + item.Name.Length;
            if (end + 1 > path.Length)
            {
                Array.Resize(ref path, (end + 1) * 2);
            }

            item.Name.CopyTo(path.AsSpan(length));
            if (item.Mode != EntryMode.Folder)
            {
                visitor.Visit(item, path.AsSpan(0, end));
                continue;
            }

            path[end] = (byte)'/';
            if (visitor.Enters(path.AsSpan(0, end + 1)))
            {
                path = Walk(trees[new ObjectId(item.Id)], idLength, path, end + 1, visitor);
            }
        }

        return path;
    }
}
