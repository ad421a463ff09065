namespace Lading.Locks;

/// <summary>Where the lock of an environment lies unless somebody says otherwise: <c>.lading/&lt;environment&gt;.lock.json</c>.</summary>
internal static class LockPath
{
    /// <summary>The folder beside <c>lading.json</c> that holds what Lading derives; git ignores it.</summary>
    public const string Folder = ".lading";

    private const string Suffix = ".lock.json";

    /// <param name="root">The folder of <c>lading.json</c>.</param>
    /// <param name="environment">The environment's name.</param>
    public static string For(string root, string environment) => In(Path.Combine(root, Folder), environment);

    /// <param name="folder">A folder that holds locks.</param>
    /// <param name="environment">The environment's name.</param>
    public static string In(string folder, string environment) => Path.Combine(folder, environment + Suffix);

    /// <summary>The environment that a lock file's name speaks of; null if the file has a name of the user's own.</summary>
    public static string? FindEnvironment(string path)
    {
        var name = Path.GetFileName(path);
        return name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal)
            ? name[..^Suffix.Length]
            : null;
    }
}
