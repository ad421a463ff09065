namespace Lading.Git;

/// <summary>Visits the files of a tree, in byte order of their paths, without allocating anything for them.</summary>
internal interface ITreeVisitor
{
    /// <summary>Whether to visit the contents of a folder.</summary>
    /// <param name="path">Its path within the tree, ending in <c>/</c>.</param>
    bool Enters(ReadOnlySpan<byte> path);

    /// <summary>Visits a file, link or submodule.</summary>
    /// <param name="item">The entry.</param>
    /// <param name="path">Its path within the tree.</param>
    void Visit(TreeItem item, ReadOnlySpan<byte> path);
}

/// <summary>An entry of a tree, as a view of the tree's bytes.</summary>
internal readonly ref struct TreeItem(EntryMode mode, ReadOnlySpan<byte> name, ReadOnlySpan<byte> id)
{
    public EntryMode Mode { get; } = mode;

    /// <summary>The bytes of its name, without folders.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>The raw bytes of its object id.</summary>
    public ReadOnlySpan<byte> Id { get; } = id;
}

/// <summary>Lists everything in a tree.</summary>
internal sealed class TreeListing : ITreeVisitor
{
    public List<TreeEntry> Entries { get; } = [];

    public bool Enters(ReadOnlySpan<byte> path) => true;

    public void Visit(TreeItem item, ReadOnlySpan<byte> path) =>
        Entries.Add(new TreeEntry(item.Mode, new ObjectId(item.Id), GitPath.Decode(path)));
}
