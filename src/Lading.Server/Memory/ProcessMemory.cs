using System.Runtime.InteropServices;

namespace Lading.Server.Memory;

/// <summary>The memory of an idle process.</summary>
internal static class ProcessMemory
{
    private const string Mappings = "/proc/self/smaps";
    private const int DontNeed = 4;

    /// <summary>
    /// Releases what a start or a burst of requests needed: free memory of both heaps, and the pages of the program. Those are in the
    /// file too, and are loaded again when they are used; most were needed only to start.
    /// </summary>
    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux() || Environment.ProcessPath is not { } program)
        {
            return;
        }

        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Only the GNU C library has it.
        }

        try
        {
            foreach (var mapping in MappedFile.Unchanged(File.ReadLines(Mappings), program))
            {
                // A page that cannot be released stays.
                _ = Advise(mapping.Start, mapping.Length, DontNeed);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The system does not report which pages are unmodified.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint pad);

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nuint start, nuint length, int advice);
}
