using Lading.Context;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Filters the files of a folder that count as inputs.</summary>
internal sealed class FolderFilter(FolderScope folder, ITreeVisitor next) : ITreeVisitor
{
    private readonly IgnoreRules.Matcher matcher = folder.Rules.CreateMatcher();
    private readonly ReadableWalk? reads = folder.Reads is null ? null : new ReadableWalk(folder.Reads);
    private char[] text = new char[256];

    public bool Enters(ReadOnlySpan<byte> path) =>
        !OwnFiles.IsFolder(path)
        && (reads?.Enters(path) ?? true)
        && (folder.Rules.IsEmpty || !matcher.ExcludesAllOf(GitPath.Decode(path[..^1])))
        && next.Enters(path);

    public void Visit(TreeItem item, ReadOnlySpan<byte> path)
    {
        if (
            !OwnFiles.HasName(item.Name)
            && (reads?.Reads(path) ?? true)
            && (folder.TakesAll || folder.CoversWithin(TextOf(path), matcher))
        )
        {
            next.Visit(item, path);
        }
    }

    /// <summary>The path as text, valid until the next one.</summary>
    private ReadOnlySpan<char> TextOf(ReadOnlySpan<byte> path)
    {
        if (path.Length > text.Length)
        {
            text = new char[path.Length * 2];
        }

        return text.AsSpan(0, GitPath.Decode(path, text));
    }
}
