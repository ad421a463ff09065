namespace Lading.Locks;

/// <summary>The location of locks: a folder with one for each environment, or a single file for any environment.</summary>
/// <param name="File">Null to use <paramref name="Folder"/>.</param>
/// <param name="Folder">Locks in it are named after their environments.</param>
internal sealed record LockLocation(string? File, string Folder)
{
    /// <summary>The location that the user named, or the default.</summary>
    /// <param name="root">The folder of <c>lading.json</c>.</param>
    /// <param name="workingDirectory">The base of a relative path.</param>
    /// <param name="named">The user's location: a file, which ends in <c>.json</c>, or a folder; null for <c>.lading</c>.</param>
    public static LockLocation Of(string root, string workingDirectory, string? named)
    {
        if (named is null)
        {
            return new LockLocation(null, Path.Combine(root, LockPath.Folder));
        }

        var path = Path.GetFullPath(named, workingDirectory);
        return named.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? new LockLocation(path, Path.GetDirectoryName(path)!)
            : new LockLocation(null, path);
    }

    /// <summary>The lock of an environment.</summary>
    public string For(string environment) => File ?? LockPath.In(Folder, environment);

    /// <summary>The environments that have a lock in the folder, in order.</summary>
    public IReadOnlyList<string> Environments() =>
        File is null && Directory.Exists(Folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(Folder)
                    .Select(LockPath.FindEnvironment)
                    .OfType<string>()
                    .Order(StringComparer.Ordinal),
            ]
            : [];
}
