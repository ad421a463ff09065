namespace Lading.Cli.Docker;

/// <summary>Where <c>lading-docker</c> keeps things between one call and the next.</summary>
/// <param name="Root">For images.</param>
/// <param name="Logins">For logins: in memory where the system gives each user a folder there.</param>
internal sealed record DockerFolders(string Root, string Logins)
{
    public static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public static DockerFolders Of(Host host) => Of(host, OperatingSystem.IsWindows());

    /// <summary>The folders on a kind of system.</summary>
    /// <param name="host">Gives environment variables.</param>
    /// <param name="isWindows">Whether the system is Windows, which has a folder of its own for caches.</param>
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
        // XDG base directory specification: one user's alone, and gone when the user logs out.
        return host.Variable("XDG_RUNTIME_DIR") is { } runtime && Directory.Exists(runtime)
            ? new DockerFolders(root, Path.Combine(runtime, "lading", "logins"))
            : new DockerFolders(root, Path.Combine(root, "logins"));
    }
}
