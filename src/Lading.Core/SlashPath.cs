namespace Lading;

/// <summary>Paths as git, archives and messages write them: with slashes, on every system.</summary>
internal static class SlashPath
{
    /// <summary>A path relative to a folder.</summary>
    public static string From(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');
}
