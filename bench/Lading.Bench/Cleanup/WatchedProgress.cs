using System.Diagnostics;
using System.Text;
using Lading.Processes;

namespace Lading.Bench.Cleanup;

/// <summary>
/// A program's progress on a terminal: when it first appeared, how often it was drawn, and the longest silence.
/// </summary>
/// <param name="First">From the program's start.</param>
/// <param name="Longest">Between two drawings.</param>
/// <param name="Drawn">How often it was drawn.</param>
internal sealed record WatchedProgress(TimeSpan First, TimeSpan Longest, int Drawn)
{
    private const string Word = "reading:";

    /// <summary>Runs a program on a terminal of its own, which <c>script</c> provides.</summary>
    public static async Task<WatchedProgress> OfAsync(ProgramCall call, CancellationToken cancellationToken)
    {
        var line = string.Join(' ', call.Arguments.Prepend(call.Program).Select(Quoted));
        var start = new ProcessStartInfo("script", ["-qefc", line, "/dev/null"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = call.WorkingDirectory ?? "",
        };
        foreach (var (name, value) in call.Environment)
        {
            start.Environment[name] = value;
        }

        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var drawn = new List<TimeSpan>();
        var buffer = new byte[64 * 1024];
        while (await process.StandardOutput.BaseStream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (Encoding.UTF8.GetString(buffer, 0, read).Contains(Word, StringComparison.Ordinal))
            {
                drawn.Add(Stopwatch.GetElapsedTime(started));
            }
        }

        await process.WaitForExitAsync(cancellationToken);
        return drawn.Count == 0
            ? throw new InvalidOperationException($"{line} showed no progress")
            : new WatchedProgress(
                drawn[0],
                drawn.Zip(drawn.Skip(1), (before, after) => after - before).DefaultIfEmpty().Max(),
                drawn.Count
            );
    }

    private static string Quoted(string argument) => $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
