using Lading.Git;

namespace Lading.Configuration;

/// <summary>Follows symbolic links of Lading's own files, as long as they stay within the repository.</summary>
internal static class LinkedFile
{
    /// <summary>Whether a file exists.</summary>
    /// <exception cref="LadingException">It is a dangling symbolic link, which is not the same as no file.</exception>
    public static bool Exists(string path, string displayPath)
    {
        if (new FileInfo(path).LinkTarget is not { } target)
        {
            return File.Exists(path);
        }

        var real = new FileInfo(RealPath.Of(path));
        return real.LinkTarget is null && real.Exists
            ? true
            : throw Refusal(displayPath, $"it is a symbolic link to {target}, which does not exist");
    }

    /// <summary>Ensures that a file is one that git can track.</summary>
    /// <exception cref="LadingException">It is a symbolic link that leads out of the repository.</exception>
    public static void RequireWithin(string top, string path, string displayPath)
    {
        if (new FileInfo(path).LinkTarget is { } target && !RealPath.IsWithin(path, top))
        {
            throw Refusal(displayPath, $"it is a symbolic link to {target}, which leads out of the repository");
        }
    }

    /// <summary>Reads a file of the repository.</summary>
    /// <param name="top">The top of the repository.</param>
    /// <param name="path">The file's path from <paramref name="top"/>.</param>
    /// <exception cref="LadingException">It is a symbolic link that is dangling, or leads out of the repository.</exception>
    public static byte[] ReadWithin(string top, string path)
    {
        var full = Path.Combine(top, path);
        RequireWithin(top, full, path);
        return Exists(full, path) ? File.ReadAllBytes(full) : throw Refusal(path, "it no longer exists");
    }

    public static LadingException Refusal(string displayPath, string fault) =>
        LadingException.Usage(
            $"Could not read {displayPath}",
            fault,
            "Point the link at a file that git tracks in this repository, or commit a copy in its place."
        );
}
