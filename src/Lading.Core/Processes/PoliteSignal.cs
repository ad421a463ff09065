using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Lading.Processes;

/// <summary>Asks a process to end, as Ctrl-C would; Windows has no such signal for another process, so there it is ended.</summary>
internal static class PoliteSignal
{
    private const int Terminate = 15;

    public static void Send(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
        }
        else
        {
            _ = Kill(process.Id, Terminate);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
