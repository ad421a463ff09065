namespace Lading.Git;

/// <summary>Lists the files of trees. Each tree is read once, however many images share it, and stored in git's format.</summary>
internal sealed class TreeReader(ObjectReader objects)
{
    private readonly TreeStore trees = new();

    /// <summary>All files, links and submodules of a loaded tree, in byte order of their paths.</summary>
    public IReadOnlyList<TreeEntry> List(ObjectId tree)
    {
        var files = new TreeListing();
        Walk(tree, files);
        return files.Entries;
    }

    /// <summary>Visits the files, links and submodules of a loaded tree. Thread-safe.</summary>
    public void Walk(ObjectId tree, ITreeVisitor visitor) =>
        Walk(trees[tree], tree.HexLength / 2, new byte[256], 0, visitor);

    /// <summary>Reads trees level by level: one round trip for each level of the deepest path.</summary>
    public async Task LoadAsync(IReadOnlyCollection<ObjectId> roots, CancellationToken cancellationToken)
    {
        var level = roots.Where(trees.Note).ToList();
        var registered = new List<ObjectId>(level);
        try
        {
            while (level.Count > 0)
            {
                var asked = level;
                await objects
                    .ReadAllAsync(asked, "tree", (i, length) => trees.Put(asked[i], length), cancellationToken)
                    .ConfigureAwait(false);
                level = [];
                foreach (var id in asked)
                {
                    AddFolders(trees[id], id.HexLength / 2, level);
                }

                registered.AddRange(level);
            }
        }
        catch
        {
            // A tree that was requested but not read must not count as empty.
            trees.Forget(registered);
            throw;
        }
    }

    private void AddFolders(ReadOnlySpan<byte> tree, int idLength, List<ObjectId> below)
    {
        var entries = new TreeObject(tree, idLength);
        while (entries.TryRead(out var item))
        {
            if (item.Mode == EntryMode.Folder && new ObjectId(item.Id) is var id && trees.Note(id))
            {
                below.Add(id);
            }
        }
    }

    /// <returns>The path buffer, which may have been enlarged.</returns>
    private byte[] Walk(ReadOnlySpan<byte> tree, int idLength, byte[] path, int length, ITreeVisitor visitor)
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
