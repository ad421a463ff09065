using System.Collections.Concurrent;

namespace Lading.Layout;

/// <summary>The indexes of a store that were used last: one of thousands of tags is not read again for every request.</summary>
internal sealed class IndexCache
{
    private const int MostLayouts = 16;
    private readonly ConcurrentDictionary<string, (IndexStamp Stamp, LayoutIndex Index)> kept = new(
        StringComparer.Ordinal
    );

    /// <summary>What a file says that was read or written before; null if it is another one now.</summary>
    public LayoutIndex? Find(string path, IndexStamp stamp) =>
        kept.TryGetValue(path, out var found) && found.Stamp == stamp ? found.Index : null;

    /// <summary>Keeps what a file says.</summary>
    public void Keep(string path, IndexStamp stamp, LayoutIndex index)
    {
        if (kept.Count >= MostLayouts && !kept.ContainsKey(path))
        {
            kept.Clear();
        }

        kept[path] = (stamp, index);
    }
}
