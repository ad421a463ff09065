namespace Lading.Testing;

/// <summary>All files below a folder with their sizes and times: equal where nothing was written, not even the same again.</summary>
internal static class FolderSnapshot
{
    /// <summary>One line a file, in the order of their paths; none where there is no folder.</summary>
    public static IReadOnlyList<string> Of(string folder) =>
        Directory.Exists(folder)
            ?
            [
                .. new DirectoryInfo(folder)
                    .EnumerateFiles("*", SearchOption.AllDirectories)
                    .Select(file =>
                        $"{Path.GetRelativePath(folder, file.FullName)} {file.Length} {file.LastWriteTimeUtc:O}"
                    )
                    .Order(StringComparer.Ordinal),
            ]
            : [];
}
