namespace Lading.Git;

/// <summary>Keeps the bytes of trees one behind the other in large pieces: there are many, and each is small.</summary>
internal sealed class TreeStore
{
    private const int PieceLength = 256 * 1024;
    private readonly Dictionary<ObjectId, ReadOnlyMemory<byte>> trees = [];
    private Memory<byte> free;

    /// <summary>The bytes of a tree that was put here.</summary>
    public ReadOnlySpan<byte> this[ObjectId id] => trees[id].Span;

    /// <summary>Takes note of a tree that is to be put here.</summary>
    /// <returns>False where it was noted or put before.</returns>
    public bool Note(ObjectId id) => trees.TryAdd(id, default);

    /// <summary>Gives memory for a tree.</summary>
    public Memory<byte> Put(ObjectId id, int length)
    {
        if (length > free.Length)
        {
            free = GC.AllocateUninitializedArray<byte>(Math.Max(PieceLength, length));
        }

        var place = free[..length];
        free = free[length..];
        trees[id] = place;
        return place;
    }

    /// <summary>Forgets trees, noted or put.</summary>
    public void Forget(IEnumerable<ObjectId> ids)
    {
        foreach (var id in ids)
        {
            trees.Remove(id);
        }
    }
}
