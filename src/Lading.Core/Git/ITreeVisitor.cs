namespace Lading.Git;

/// <summary>Is shown the files of a tree, in byte order of their paths, without anything being made of them first.</summary>
internal interface ITreeVisitor
{
    /// <summary>Whether what is in a folder shall be shown.</summary>
    /// <param name="path">Its path within the tree, ending in <c>/</c>.</param>
    bool Enters(ReadOnlySpan<byte> path);

    /// <summary>A file, link or submodule.</summary>
    /// <param name="item">The entry.</param>
    /// <param name="path">Its path within the tree.</param>
    void Visit(TreeItem item, ReadOnlySpan<byte> path);
}
