using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Lading.Processes;

/// <summary>The signals that end a process; Windows has none.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Signal
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    /// <summary>Asks a process to exit. Does nothing if it already has.</summary>
    public static void Terminate(int processId) => _ = Kill(processId, SigTerm);

    /// <summary>Kills a process.</summary>
    public static void Kill(int processId) => _ = Kill(processId, SigKill);

    /// <summary>Whether this process is in the group that receives Ctrl-C from the terminal; its children then are too.</summary>
    public static bool ComesFromTerminal() => ForegroundGroup(0) is > 0 and var group && group == OwnGroup();

    [DllImport("libc", EntryPoint = "tcgetpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ForegroundGroup(int file);

    [DllImport("libc", EntryPoint = "getpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OwnGroup();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
