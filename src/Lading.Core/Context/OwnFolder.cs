namespace Lading.Context;

/// <summary>Keeps <c>.lading</c> out of git: it has images, locks and copies of sources, which <c>git add -A</c> must never add.</summary>
internal static class OwnFolder
{
    private const string IgnoreFile = ".gitignore";

    /// <summary>
    /// Makes git ignore the <c>.lading</c> folder around a path, before anything is written there. A path elsewhere is the user's
    /// choice and left alone, as is an existing ignore file.
    /// </summary>
    public static void Ignore(string path)
    {
        if (Find(Path.GetFullPath(path)) is not { } folder || File.Exists(Path.Combine(folder, IgnoreFile)))
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(folder);
            // Atomically, so that git never sees it empty: the ignore file ignores itself as well.
            using var file = new AtomicFile(Path.Combine(folder, IgnoreFile));
            file.Content.Write("*\n"u8);
            file.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next write there fails for the same reason, and reports it.
        }
    }

    /// <summary>The innermost <c>.lading</c> folder that is or contains a full path.</summary>
    private static string? Find(string path)
    {
        for (string? at = path; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.GetFileName(at) == OwnFiles.Folder)
            {
                return at;
            }
        }

        return null;
    }
}
