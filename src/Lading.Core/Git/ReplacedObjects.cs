namespace Lading.Git;

/// <summary>Checks whether a clone may have replacement objects (git-replace), so that the id of an object does not determine its content.</summary>
internal static class ReplacedObjects
{
    /// <summary>Reads only files, without a process; if they are inconclusive, the answer is true.</summary>
    /// <param name="top">The top folder of the working tree.</param>
    public static bool MayBeIn(string top)
    {
        if (
            Environment.GetEnvironmentVariable("GIT_REPLACE_REF_BASE") is not null
            || Environment.GetEnvironmentVariable("GIT_DIR") is not null
        )
        {
            return true;
        }

        try
        {
            var folder = CommonFolder(Path.Combine(top, ".git"));
            var packed = Path.Combine(folder, "packed-refs");
            return !Directory.Exists(Path.Combine(folder, "objects"))
                || Directory.Exists(Path.Combine(folder, "reftable"))
                || Directory.Exists(Path.Combine(folder, "refs", "replace"))
                || (File.Exists(packed) && File.ReadAllBytes(packed).AsSpan().IndexOf("refs/replace/"u8) >= 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return true;
        }
    }

    /// <summary>The folder that the worktrees of a repository share (gitrepository-layout(5), "commondir").</summary>
    private static string CommonFolder(string git)
    {
        const string Link = "gitdir: ";
        if (
            File.Exists(git)
            && File.ReadAllText(git).Trim() is var text
            && text.StartsWith(Link, StringComparison.Ordinal)
        )
        {
            git = Path.GetFullPath(text[Link.Length..], Path.GetDirectoryName(git)!);
        }

        var common = Path.Combine(git, "commondir");
        return File.Exists(common) ? Path.GetFullPath(File.ReadAllText(common).Trim(), git) : git;
    }
}
