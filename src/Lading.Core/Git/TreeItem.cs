namespace Lading.Git;

/// <summary>An entry of a tree where it lies in the tree's bytes.</summary>
internal readonly ref struct TreeItem(EntryMode mode, ReadOnlySpan<byte> name, ReadOnlySpan<byte> id)
{
    public EntryMode Mode { get; } = mode;

    /// <summary>Its bytes, without folders.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>The raw bytes of its object's id.</summary>
    public ReadOnlySpan<byte> Id { get; } = id;
}
