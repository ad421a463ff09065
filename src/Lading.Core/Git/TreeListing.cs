namespace Lading.Git;

/// <summary>Makes a list of all that a tree shows.</summary>
internal sealed class TreeListing : ITreeVisitor
{
    public List<TreeEntry> Entries { get; } = [];

    public bool Enters(ReadOnlySpan<byte> path) => true;

    public void Visit(TreeItem item, ReadOnlySpan<byte> path) =>
        Entries.Add(new TreeEntry(item.Mode, new ObjectId(item.Id), GitPath.Decode(path)));
}
