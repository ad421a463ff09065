namespace Lading.Locks;

/// <summary>Where locks are: a folder with one for each environment, or one file whatever the environment.</summary>
/// <param name="File">Null if <paramref name="Folder"/> counts.</param>
/// <param name="Folder">Locks in it are named by their environments.</param>
internal sealed record LockLocation(string? File, string Folder)
{
    /// <summary>Where the user says, or the usual place.</summary>
    /// <param name="root">The folder of <c>lading.json</c>.</param>
    /// <param name="workingDirectory">Where a relative path starts from.</param>
    /// <param name="named">What the user named: a file, which ends in <c>.json</c>, or a folder; null for <c>.lading</c>.</param>
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
