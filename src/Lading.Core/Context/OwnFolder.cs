namespace Lading.Context;

/// <summary>Keeps <c>.lading</c> out of git: it holds images, locks and copies of sources, which <c>git add -A</c> must never take.</summary>
internal static class OwnFolder
{
    private const string IgnoreFile = ".gitignore";

    /// <summary>
    /// Has git ignore the folder of Lading's own that a path lies in, before anything is written there. A path elsewhere is the
    /// user's choice and left alone, as is an ignore file that is there already.
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
            // By rename, so that git never sees it empty: the ignore file ignores itself as well.
            var temporary = Path.Combine(folder, $"{IgnoreFile}.{Path.GetRandomFileName()}");
            File.WriteAllText(temporary, "*\n");
            File.Move(temporary, Path.Combine(folder, IgnoreFile), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is to be written there next fails for the same reason, and says what it was.
        }
    }

    /// <summary>The innermost folder of Lading's own that a full path is, or lies in.</summary>
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
