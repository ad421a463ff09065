using Lading.Git;

namespace Lading.Context;

/// <summary>Finds what a build can read, while a tree is walked folder by folder in the order of its paths.</summary>
internal sealed class ReadableWalk
{
    private readonly IReadOnlyList<ContextPattern> sources;

    /// <summary>The states of the sources for each open folder; null if all in it can be read.</summary>
    private readonly List<ulong[]?> open;

    public ReadableWalk(ReadablePaths paths)
    {
        sources = paths.Sources;
        open =
        [
            [.. sources.Select(source => source.Start)],
        ];
    }

    /// <summary>Whether anything in a folder may be read.</summary>
    /// <param name="path">Its path, ending in <c>/</c>; its parent was visited before.</param>
    public bool Enters(ReadOnlySpan<byte> path)
    {
        var depth = path.Count((byte)'/');
        open.RemoveRange(depth, open.Count - depth);
        if (open[depth - 1] is not { } above)
        {
            open.Add(null);
            return true;
        }

        var here = After(above, path[..^1], out var isNamed);
        open.Add(isNamed ? null : here);
        return isNamed || Array.Exists(here, states => states != 0);
    }

    /// <summary>Whether a file may be read.</summary>
    /// <param name="path">Its path; its folder was visited before.</param>
    public bool Reads(ReadOnlySpan<byte> path) =>
        open[path.Count((byte)'/')] is not { } above || Array.Exists(After(above, path, out _), states => states != 0);

    private ulong[] After(ulong[] above, ReadOnlySpan<byte> path, out bool isNamed)
    {
        var name = GitPath.Decode(path[(path.LastIndexOf((byte)'/') + 1)..]);
        var here = new ulong[above.Length];
        isNamed = false;
        for (var i = 0; i < here.Length; i++)
        {
            here[i] = above[i] == 0 ? 0 : sources[i].After(above[i], name);
            isNamed |= sources[i].IsNamed(here[i]);
        }

        return here;
    }
}
