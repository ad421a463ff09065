using Lading.Configuration.Proposals;
using Lading.Context;

namespace Lading.Fingerprints;

/// <summary>Paths of <c>lading.json</c>, which are relative to its folder, as paths from the top of the repository.</summary>
/// <param name="Prefix">The folder of <c>lading.json</c> from the top, ending in <c>/</c>; empty at the top.</param>
internal sealed record RepositoryPath(string Prefix)
{
    /// <summary>A file's path from the top.</summary>
    /// <exception cref="LadingException">The path leaves the repository.</exception>
    public string OfFile(string path)
    {
        var cleaned = CleanPath.Of(Prefix + path);
        return cleaned is ".." || cleaned.StartsWith("../", StringComparison.Ordinal)
            ? throw LadingException.Usage(
                $"Could not use {path}",
                "it is outside the git repository",
                "Inputs of an image are files that git tracks; move them into the repository."
            )
            : cleaned;
    }

    /// <summary>A path from the top as trees use it: empty for the top itself.</summary>
    /// <exception cref="LadingException">The path leaves the repository.</exception>
    public string InTree(string path) => OfFile(path) is var file && file == "." ? "" : file;

    /// <summary>A path from the top, relative to the folder of <c>lading.json</c>.</summary>
    public string Relative(string path) => RelativePath.From(Prefix, path);

    /// <summary>The path of a tree as that of a folder: ending in <c>/</c>; empty for the top.</summary>
    public static string FolderAt(string path) => path.Length == 0 ? "" : path + "/";

    /// <summary>A folder's path from the top, ending in <c>/</c>; empty for the top.</summary>
    /// <exception cref="LadingException">The path leaves the repository.</exception>
    public string OfFolder(string path)
    {
        var cleaned = OfFile(path);
        return cleaned == "." ? "" : cleaned + "/";
    }
}
