namespace Lading.Git;

/// <summary>Is shown the files of a tree, in byte order of their paths, without anything being made of them first.</summary>
internal interface ITreeVisitor
{
    /// <summary>Whether the content of a folder is visited.</summary>
    /// <param name="path">Its path within the tree, ending in <c>/</c>.</param>
    bool Enters(ReadOnlySpan<byte> path);

    /// <summary>A file, link or submodule.</summary>
    /// <param name="item">The entry.</param>
    /// <param name="path">Its path within the tree.</param>
    void Visit(TreeItem item, ReadOnlySpan<byte> path);
}

/// <summary>An entry of a tree where it lies in the tree's bytes.</summary>
internal readonly ref struct TreeItem(EntryMode mode, ReadOnlySpan<byte> name, ReadOnlySpan<byte> id)
{
    public EntryMode Mode { get; } = mode;

    /// <summary>Its bytes, without folders.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>The raw bytes of its object's id.</summary>
    public ReadOnlySpan<byte> Id { get; } = id;
}

/// <summary>Makes a list of all that a tree shows.</summary>
internal sealed class TreeListing : ITreeVisitor
{
    public List<TreeEntry> Entries { get; } = [];

    public bool Enters(ReadOnlySpan<byte> path) => true;

    public void Visit(TreeItem item, ReadOnlySpan<byte> path) =>
        Entries.Add(new TreeEntry(item.Mode, new ObjectId(item.Id), GitPath.Decode(path)));
}
