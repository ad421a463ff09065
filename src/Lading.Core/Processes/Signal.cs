using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Lading.Processes;

/// <summary>The signals that end a process; Windows has none.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Signal
{
    private const int Killed = 9;
    private const int Terminated = 15;

    /// <summary>Asks a process to end. One that has ended already is none.</summary>
    public static void Terminate(int processId) => _ = Kill(processId, Terminated);

    /// <summary>Ends a process, whatever it does.</summary>
    public static void Kill(int processId) => _ = Kill(processId, Killed);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
