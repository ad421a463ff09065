namespace Lading.Configuration.Proposals;

/// <summary>The folder for <c>lading.json</c>: that of the app's <c>cdk.json</c>.</summary>
internal static class AppFolder
{
    /// <summary>The file that marks the folder of a CDK app.</summary>
    public const string CdkFile = "cdk.json";

    /// <summary>The maximum number of apps that an error lists.</summary>
    private const int MaxNames = 10;

    /// <summary>
    /// The folder itself if it has a <c>cdk.json</c>; otherwise the nearest parent that has one; otherwise the only one below;
    /// otherwise the only one of the repository; otherwise the folder itself.
    /// </summary>
    /// <param name="files">The repository's files.</param>
    /// <param name="folder">The start of the search, from the top; empty for the top.</param>
    /// <returns>From the top of the repository; empty for the top.</returns>
    /// <exception cref="LadingException">There are several, and the choice is ambiguous.</exception>
    public static string Find(TrackedFiles files, string folder)
    {
        var apps = files
            .Files.Where(path => TrackedFiles.NameOf(path) == CdkFile)
            .Select(TrackedFiles.FolderOf)
            .ToList();
        for (var above = folder; ; above = TrackedFiles.FolderOf(above))
        {
            if (apps.Contains(above, StringComparer.Ordinal))
            {
                return above;
            }

            if (above.Length == 0)
            {
                break;
            }
        }

        var below = apps.Where(app => Contains(folder, app)).ToList();
        var candidates = below.Count > 0 ? below : apps;
        return candidates.Count switch
        {
            0 => folder,
            1 => candidates[0],
            _ => throw LadingException.Usage(
                "Could not tell where lading.json belongs",
                $"there are {candidates.Count} CDK apps here: {string.Join(", ", candidates.Take(MaxNames).Select(app => app + "/" + CdkFile))}{(candidates.Count > MaxNames ? ", …" : "")}",
                "Run 'lading init' in the folder of one of them, or name it with --directory."
            ),
        };
    }

    /// <summary>
    /// The shortest end of an app's folder path that no other app's shares; empty if there is no other app.
    /// </summary>
    /// <param name="files">The repository's files.</param>
    /// <param name="folder">The app's folder, from the top.</param>
    public static string DistinctName(TrackedFiles files, string folder)
    {
        var others = files
            .Files.Where(path => TrackedFiles.NameOf(path) == CdkFile)
            .Select(TrackedFiles.FolderOf)
            .Where(app => app != folder)
            .ToList();
        if (others.Count == 0)
        {
            return "";
        }

        var parts = folder.Split('/');
        var names = Enumerable.Range(1, parts.Length).Select(count => string.Join('/', parts[^count..]));
        return names.FirstOrDefault(name =>
                !others.Exists(app => $"/{app}".EndsWith($"/{name}", StringComparison.Ordinal))
            ) ?? folder;
    }

    /// <summary>The files of one app: those outside the folders of all other apps.</summary>
    public static TrackedFiles Own(TrackedFiles files, string folder)
    {
        var others = files
            .Files.Where(path => TrackedFiles.NameOf(path) == CdkFile)
            .Select(TrackedFiles.FolderOf)
            .Where(app => app != folder && !Contains(app, folder))
            .ToList();
        return new TrackedFiles(files.Files.Where(path => !others.Exists(app => Contains(app, path))));
    }

    private static bool Contains(string folder, string path) =>
        folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
