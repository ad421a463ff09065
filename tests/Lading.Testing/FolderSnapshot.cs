using System.Security.Cryptography;

namespace Lading.Testing;

/// <summary>All files below a folder, one line each, in the order of their paths; none if there is no folder.</summary>
internal static class FolderSnapshot
{
    /// <summary>With sizes and times: equal if nothing was written, not even the same content again.</summary>
    public static IReadOnlyList<string> Of(string folder) =>
        Of(folder, file => $"{file.Length} {file.LastWriteTimeUtc:O}");

    /// <summary>With hashes of their contents: equal if nothing changed.</summary>
    public static IReadOnlyList<string> OfContents(string folder) =>
        Of(folder, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.FullName))));

    private static IReadOnlyList<string> Of(string folder, Func<FileInfo, string> what) =>
        Directory.Exists(folder)
            ?
            [
                .. new DirectoryInfo(folder)
                    .EnumerateFiles("*", SearchOption.AllDirectories)
                    .Select(file => $"{Path.GetRelativePath(folder, file.FullName)} {what(file)}")
                    .Order(StringComparer.Ordinal),
            ]
            : [];
}
