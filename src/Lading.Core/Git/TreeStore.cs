namespace Lading.Git;

/// <summary>Stores the bytes of trees in a few large buffers, because there are many small trees.</summary>
internal sealed class TreeStore
{
    private const int ChunkLength = 256 * 1024;
    private readonly Dictionary<ObjectId, ReadOnlyMemory<byte>> trees = [];
    private Memory<byte> free;

    /// <summary>The bytes of a stored tree.</summary>
    public ReadOnlySpan<byte> this[ObjectId id] => trees[id].Span;

    /// <summary>Registers a tree to be stored.</summary>
    /// <returns>False if it was already registered.</returns>
    public bool Note(ObjectId id) => trees.TryAdd(id, default);

    /// <summary>Allocates memory for a tree.</summary>
    public Memory<byte> Put(ObjectId id, int length)
    {
        if (length > free.Length)
        {
            free = GC.AllocateUninitializedArray<byte>(Math.Max(ChunkLength, length));
        }

        var memory = free[..length];
        free = free[length..];
        trees[id] = memory;
        return memory;
    }

    /// <summary>Removes trees.</summary>
    public void Forget(IEnumerable<ObjectId> ids)
    {
        foreach (var id in ids)
        {
            trees.Remove(id);
        }
    }
}
