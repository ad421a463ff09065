using System.Globalization;

namespace Lading.Bench.Registries;

/// <summary>What a process has used so far, as Linux tells.</summary>
/// <param name="Cpu">In the program and in the system for it.</param>
/// <param name="Memory">Bytes that it has now.</param>
/// <param name="Peak">Bytes that it had at most.</param>
internal sealed record ServerLook(TimeSpan Cpu, long Memory, long Peak)
{
    /// <summary>The clock of /proc counts hundredths of a second.</summary>
    private const double Ticks = 100;

    public static ServerLook At(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        // The name of the program, in brackets, may hold blanks.
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
