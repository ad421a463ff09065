using System.Diagnostics;
using System.Globalization;

namespace Lading.Processes;

/// <summary>
/// A process and its descendants at one moment. When a shell exits, its children go on under another parent: so the
/// tree is read before any process is asked to exit.
/// </summary>
internal static class ProcessTree
{
    /// <summary>The process and its descendants, parents first.</summary>
    public static IReadOnlyList<ProcessIdentity> Of(int root)
    {
        var all = OperatingSystem.IsLinux() ? ReadProcFolder() : AskPs();
        var children = all.ToLookup(entry => entry.Parent, entry => entry.Process);
        var tree = all.Where(entry => entry.Process.Id == root).Select(entry => entry.Process).ToList();
        for (var i = 0; i < tree.Count; i++)
        {
            tree.AddRange(children[tree[i].Id].Where(child => !tree.Contains(child)));
        }

        return tree;
    }

    /// <summary>The processes that are still running; zombies are not.</summary>
    public static IReadOnlyList<ProcessIdentity> Living(IReadOnlyList<ProcessIdentity> processes)
    {
        if (OperatingSystem.IsLinux())
        {
            return [.. processes.Where(process => Read(process.Id)?.Process == process)];
        }

        var living = AskPs().Select(entry => entry.Process).ToHashSet();
        return [.. processes.Where(living.Contains)];
    }

    private static List<Entry> ReadProcFolder()
    {
        var entries = new List<Entry>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Read(id) is { } entry
            )
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>proc(5): <c>pid (name) state ppid … starttime</c>, where the name may contain anything.</summary>
    private static Entry? Read(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X"
                ? null
                : new Entry(
                    new ProcessIdentity(id, fields[19]),
                    int.Parse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture)
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has exited meanwhile.
            return null;
        }
    }

    /// <summary>Where there is no /proc: ps(1), as POSIX defines it.</summary>
    private static List<Entry> AskPs()
    {
        using var ps = Process.Start(
            new ProcessStartInfo("ps", ["-A", "-o", "pid=", "-o", "ppid="])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var entries = new List<Entry>();
        while (ps.StandardOutput.ReadLine() is { } line)
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            entries.Add(
                new Entry(
                    new ProcessIdentity(int.Parse(fields[0], CultureInfo.InvariantCulture), ""),
                    int.Parse(fields[1], CultureInfo.InvariantCulture)
                )
            );
        }

        return entries;
    }

    private sealed record Entry(ProcessIdentity Process, int Parent);
}
