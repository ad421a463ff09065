namespace Lading;

/// <summary>
/// The folder for state that belongs to the user and not to a checkout (XDG base directory specification,
/// <c>XDG_STATE_HOME</c>).
/// </summary>
internal static class StateFolder
{
    /// <summary>An absolute path, which need not exist; null if the user has no home.</summary>
    /// <param name="variable">Returns environment variables.</param>
    public static string? Find(Func<string, string?> variable) => Find(variable, OperatingSystem.IsWindows());

    /// <summary>The folder on a given system.</summary>
    /// <param name="variable">Returns environment variables.</param>
    /// <param name="isWindows">Whether the system is Windows, which has its own folder for state.</param>
    public static string? Find(Func<string, string?> variable, bool isWindows)
    {
        var state =
            isWindows ? variable("LOCALAPPDATA")
            : variable("XDG_STATE_HOME") is { } named && Path.IsPathRooted(named) ? named
            : variable("HOME") is { } home && Path.IsPathRooted(home) ? Path.Combine(home, ".local", "state")
            : null;
        return state is null ? null : Path.Combine(state, "lading");
    }
}
