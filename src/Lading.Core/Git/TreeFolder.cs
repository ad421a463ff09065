namespace Lading.Git;

/// <summary>The entries of one folder of a tree by name.</summary>
internal sealed class TreeFolder
{
    private readonly Dictionary<string, TreeEntry> entries = new(StringComparer.Ordinal);

    public TreeFolder(GitObject tree)
    {
        Id = tree.Id;
        var rest = new TreeObject(tree.Content, tree.Id.HexLength / 2);
        while (rest.TryRead(out var item))
        {
            var name = GitPath.Decode(item.Name);
            entries[name] = new TreeEntry(item.Mode, new ObjectId(item.Id), name);
        }
    }

    public ObjectId Id { get; }

    public TreeEntry? Find(string name) => entries.TryGetValue(name, out var entry) ? entry : null;
}
