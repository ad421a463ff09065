namespace Lading.Git;

/// <summary>Compares text by its UTF-8 bytes, as git orders paths. Ordinal comparison differs only for characters beyond U+FFFF.</summary>
internal sealed class ByteOrder : IComparer<string>
{
    public static ByteOrder Comparer { get; } = new();

    public int Compare(string? x, string? y) =>
        x is null || y is null || !(x.Any(char.IsSurrogate) || y.Any(char.IsSurrogate))
            ? string.CompareOrdinal(x, y)
            : GitPath.Encode(x).AsSpan().SequenceCompareTo(GitPath.Encode(y));
}
