namespace Lading.Cli.Commands;

/// <summary>Where the user's own state is kept, which belongs to no checkout (XDG base directory specification, <c>XDG_STATE_HOME</c>).</summary>
internal static class StateFolder
{
    /// <summary>An absolute path, which need not exist; null where the user has no home.</summary>
    public static string? Find(Host host)
    {
        var state =
            OperatingSystem.IsWindows() ? host.Variable("LOCALAPPDATA")
            : host.Variable("XDG_STATE_HOME") is { } named && Path.IsPathRooted(named) ? named
            : host.Variable("HOME") is { } home && Path.IsPathRooted(home) ? Path.Combine(home, ".local", "state")
            : null;
        return state is null ? null : Path.Combine(state, "lading");
    }
}
