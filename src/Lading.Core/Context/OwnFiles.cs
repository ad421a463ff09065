namespace Lading.Context;

/// <summary>Lading's own files, which never belong to a build context: what they say about an image counts by its meaning instead.</summary>
internal static class OwnFiles
{
    public const string Configuration = "lading.json";
    public const string BasePins = "lading.bases.json";
    public const string Folder = ".lading";

    /// <summary>True for a path (with <c>/</c>) of one of them, in whichever folder: a repository may hold several projects.</summary>
    public static bool Contains(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        return name.SequenceEqual(Configuration)
            || name.SequenceEqual(BasePins)
            || path.StartsWith(Folder + "/", StringComparison.Ordinal)
            || path.Contains("/" + Folder + "/", StringComparison.Ordinal);
    }
}
