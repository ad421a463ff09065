using System.Diagnostics;
using System.Globalization;

namespace Lading.Processes;

/// <summary>The ancestors of this process.</summary>
internal static class Ancestors
{
    private const int MaximumCount = 32;

    /// <summary>Their command lines, the nearest first; empty if unknown (Windows).</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Read()
    {
        if (OperatingSystem.IsWindows())
        {
            return [];
        }

        var lines = new List<IReadOnlyList<string>>();
        try
        {
            for (
                var ancestor = ParentOf(Environment.ProcessId);
                ancestor > 1 && lines.Count < MaximumCount;
                ancestor = ParentOf(ancestor)
            )
            {
                lines.Add(CommandLineOf(ancestor));
            }
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or FormatException
                        or System.ComponentModel.Win32Exception
            )
        {
            // One has ended meanwhile, or is hidden: the ones read so far are returned.
        }

        return lines;
    }

    private static int ParentOf(int process)
    {
        if (!OperatingSystem.IsLinux())
        {
            return int.Parse(AskPs(process, "ppid="), CultureInfo.InvariantCulture);
        }

        // proc(5): pid (name) state ppid …, where the name may contain anything.
        var text = File.ReadAllText($"/proc/{process}/stat");
        return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static string[] CommandLineOf(int process) =>
        OperatingSystem.IsLinux()
            ? File.ReadAllText($"/proc/{process}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries)
            : AskPs(process, "command=").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string AskPs(int process, string field)
    {
        using var ps = Process.Start(
            new ProcessStartInfo("ps", ["-p", process.ToString(CultureInfo.InvariantCulture), "-o", field])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        return ps.StandardOutput.ReadToEnd().Trim();
    }
}
