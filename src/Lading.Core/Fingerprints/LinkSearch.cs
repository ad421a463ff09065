using Lading.Context;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Finds the symbolic links at the paths of sources: those that an engine follows.</summary>
/// <param name="sources">The sources that the Dockerfile names.</param>
/// <param name="folder">Which files count at all.</param>
internal sealed class LinkSearch(IReadOnlyList<ContextPattern> sources, FolderScope folder) : ITreeVisitor
{
    private readonly IgnoreRules.Matcher matcher = folder.Rules.CreateMatcher();

    /// <summary>The states of the sources for each open folder; 0 if the folder matches, or cannot match.</summary>
    private readonly List<ulong[]> open =
    [
        [.. sources.Select(source => source.Start)],
    ];

    public List<FoundLink> Found { get; } = [];

    /// <summary>A submodule that a source reaches into: its links are not in this repository. Null if there is none.</summary>
    public string? Within { get; private set; }

    public bool Enters(ReadOnlySpan<byte> path)
    {
        var depth = path.Count((byte)'/');
        open.RemoveRange(depth, open.Count - depth);
        var here = After(open[depth - 1], path[..^1]);
        for (var i = 0; i < here.Length; i++)
        {
            // Links within a matching folder are copied as they are.
            here[i] = sources[i].IsNamed(here[i]) ? 0 : here[i];
        }

        open.Add(here);
        return !OwnFiles.IsFolder(path) && Array.Exists(here, states => states != 0);
    }

    public void Visit(TreeItem item, ReadOnlySpan<byte> path)
    {
        if (item.Mode is not (EntryMode.SymbolicLink or EntryMode.Submodule))
        {
            return;
        }

        var here = After(open[path.Count((byte)'/')], path);
        var text = GitPath.Decode(path);
        if (!Array.Exists(here, states => states != 0) || !folder.CoversWithin(text, matcher))
        {
            return;
        }

        if (item.Mode == EntryMode.Submodule)
        {
            Within = sources.Where((source, i) => here[i] != 0 && !source.IsNamed(here[i])).Any() ? text : Within;
            return;
        }

        for (var i = 0; i < here.Length; i++)
        {
            for (var behind = 0; here[i] >> behind != 0; behind++)
            {
                if ((here[i] >> behind & 1) != 0)
                {
                    Found.Add(new FoundLink(text, new ObjectId(item.Id), sources[i], behind));
                }
            }
        }
    }

    private ulong[] After(ulong[] above, ReadOnlySpan<byte> path)
    {
        var name = GitPath.Decode(path[(path.LastIndexOf((byte)'/') + 1)..]);
        return [.. above.Select((states, i) => states == 0 ? 0 : sources[i].After(states, name))];
    }
}

/// <summary>A symbolic link that an engine follows.</summary>
/// <param name="Path">Within the context.</param>
/// <param name="Target">The object with its target.</param>
/// <param name="Source">The source that matches it, or something behind it.</param>
/// <param name="Behind">The number of completed steps of the source, including the link.</param>
internal sealed record FoundLink(string Path, ObjectId Target, ContextPattern Source, int Behind);
