namespace Lading.Registry;

/// <summary>A blob as it arrives.</summary>
/// <param name="Stream">The bytes; disposing of them ends the request.</param>
/// <param name="Start">The offset of the first one: 0 also where a range was asked for and the registry ignored it.</param>
internal sealed record BlobPart(Stream Stream, long Start)
{
    /// <summary>The registry has ranges, and not the one that was asked for: ask for all of it.</summary>
    public static BlobPart Unusable { get; } = new(Stream.Null, 0);

    public bool IsUnusable => ReferenceEquals(this, Unusable);
}
