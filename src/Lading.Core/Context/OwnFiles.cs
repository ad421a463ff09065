namespace Lading.Context;

/// <summary>
/// Lading's own files, which are never part of a build context: what they define for an image is fingerprinted instead.
/// </summary>
internal static class OwnFiles
{
    public const string Configuration = "lading.json";
    public const string BasePins = "lading.bases.json";
    public const string Folder = ".lading";

    /// <summary>True for the path (with <c>/</c>) of one of them, in any folder: a repository may have several projects.</summary>
    public static bool Contains(ReadOnlySpan<char> path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.SequenceEqual(Configuration) || name.SequenceEqual(BasePins) || IsInFolder(path);
    }

    /// <summary>True for a path (with <c>/</c>) in a folder of Lading's own.</summary>
    public static bool IsInFolder(ReadOnlySpan<char> path) =>
        path.StartsWith($"{Folder}/") || path.Contains($"/{Folder}/", StringComparison.Ordinal);

    /// <summary>True for the name of a file (its bytes, without folders) that is one of them in any folder.</summary>
    public static bool HasName(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("lading.json"u8) || name.SequenceEqual("lading.bases.json"u8);

    /// <summary>True for the path of a folder (its bytes, ending in <c>/</c>) that is entirely Lading's own.</summary>
    public static bool IsFolder(ReadOnlySpan<byte> path) =>
        path.SequenceEqual(".lading/"u8) || path.EndsWith("/.lading/"u8);
}
