using System.Globalization;

namespace Lading.Bench.Registries;

/// <summary>What a process has used so far, as Linux reports it.</summary>
/// <param name="Cpu">User and system time.</param>
/// <param name="Memory">Current memory, in bytes.</param>
/// <param name="Peak">Peak memory, in bytes.</param>
internal sealed record ServerLook(TimeSpan Cpu, long Memory, long Peak)
{
    /// <summary>The clock of /proc counts hundredths of a second.</summary>
    private const double Ticks = 100;

    public static ServerLook At(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        // The program's name, in parentheses, may contain spaces.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var status = File.ReadAllLines($"/proc/{process}/status");
        return new ServerLook(
            TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / Ticks),
            Bytes(status, "VmRSS:"),
            Bytes(status, "VmHWM:")
        );
    }

    private static long Bytes(string[] status, string name) =>
        1024 * Number(status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..^2].Trim());

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
