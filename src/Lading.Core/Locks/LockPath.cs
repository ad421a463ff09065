namespace Lading.Locks;

/// <summary>The default location of an environment's lock: <c>.lading/&lt;environment&gt;.lock.json</c>.</summary>
internal static class LockPath
{
    /// <summary>The folder beside <c>lading.json</c> for generated files; git ignores it.</summary>
    public const string Folder = ".lading";

    private const string Suffix = ".lock.json";

    /// <param name="root">The folder of <c>lading.json</c>.</param>
    /// <param name="environment">The environment's name.</param>
    public static string For(string root, string environment) => In(Path.Combine(root, Folder), environment);

    /// <param name="folder">A folder with locks.</param>
    /// <param name="environment">The environment's name.</param>
    public static string In(string folder, string environment) => Path.Combine(folder, environment + Suffix);

    /// <summary>The environment in a lock file's name; null if the file has another kind of name.</summary>
    public static string? FindEnvironment(string path)
    {
        var name = Path.GetFileName(path);
        return name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal)
            ? name[..^Suffix.Length]
            : null;
    }
}
