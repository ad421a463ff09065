namespace Lading.Cli.Docker;

/// <summary>The folders in which <c>lading-docker</c> stores data between calls.</summary>
/// <param name="Root">The folder for images.</param>
/// <param name="Logins">The folder for logins: in memory, if the system has such a folder for each user.</param>
internal sealed record DockerFolders(string Root, string Logins)
{
    public static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public static DockerFolders Of(Host host) => Of(host, OperatingSystem.IsWindows());

    /// <summary>The folders on a given system.</summary>
    /// <param name="host">Returns environment variables.</param>
    /// <param name="isWindows">Whether the system is Windows, which has its own folder for caches.</param>
    public static DockerFolders Of(Host host, bool isWindows)
    {
        if (host.Variable("LADING_DOCKER_FOLDER") is { } named)
        {
            var folder = Path.GetFullPath(named, host.WorkingDirectory);
            return new DockerFolders(folder, Path.Combine(folder, "logins"));
        }

        var cache = isWindows
            ? host.Variable("LOCALAPPDATA") ?? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : host.Variable("XDG_CACHE_HOME") ?? Path.Combine(Home, ".cache");
        var root = Path.Combine(cache, "lading", "docker");
        // XDG base directory specification: private to the user, and removed on logout.
        return host.Variable("XDG_RUNTIME_DIR") is { } runtime && Directory.Exists(runtime)
            ? new DockerFolders(root, Path.Combine(runtime, "lading", "logins"))
            : new DockerFolders(root, Path.Combine(root, "logins"));
    }
}
