using System.Collections.Concurrent;

namespace Lading.Layout;

/// <summary>The recently used indexes of a store: one with thousands of tags is not parsed again for every request.</summary>
internal sealed class IndexCache
{
    private const int MaxLayouts = 16;
    private readonly ConcurrentDictionary<string, (IndexStamp Stamp, LayoutIndex Index)> indexes = new(
        StringComparer.Ordinal
    );

    /// <summary>The content of a file that was read or written before; null if it has changed.</summary>
    public LayoutIndex? Find(string path, IndexStamp stamp) =>
        indexes.TryGetValue(path, out var found) && found.Stamp == stamp ? found.Index : null;

    /// <summary>Stores the content of a file.</summary>
    public void Keep(string path, IndexStamp stamp, LayoutIndex index)
    {
        if (indexes.Count >= MaxLayouts && !indexes.ContainsKey(path))
        {
            indexes.Clear();
        }

        indexes[path] = (stamp, index);
    }
}
