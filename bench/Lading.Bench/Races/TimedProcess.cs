using System.Diagnostics;
using System.Globalization;

namespace Lading.Bench.Races;

/// <summary>Runs a program once, from start to exit.</summary>
internal static class TimedProcess
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    /// <exception cref="InvalidOperationException">It failed: there is nothing to compare.</exception>
    public static async Task<TimeSpan> RunAsync(Contender contender, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Start(contender);
        await process.WaitForExitAsync(cancellationToken);
        var took = Stopwatch.GetElapsedTime(started);
        await RequireSuccessAsync(contender, process, cancellationToken);
        return took;
    }

    /// <summary>
    /// The most memory that the process itself had in this run, in bytes; null if the system has no /proc.
    /// </summary>
    public static async Task<long?> WatchMemoryAsync(Contender contender, CancellationToken cancellationToken)
    {
        using var process = Start(contender);
        long? most = null;
        while (!process.HasExited)
        {
            most = FindPeak(process.Id) ?? most;
            await Task.Delay(Look, cancellationToken);
        }

        await RequireSuccessAsync(contender, process, cancellationToken);
        return most;
    }

    private static Process Start(Contender contender)
    {
        // exec replaces the shell by the program, whose output nobody has to read.
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null", "sh", contender.Call.Program])
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = contender.Call.WorkingDirectory ?? "",
        };
        foreach (var argument in contender.Call.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in contender.Call.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    private static async Task RequireSuccessAsync(
        Contender contender,
        Process process,
        CancellationToken cancellationToken
    )
    {
        if (process.ExitCode != 0)
        {
            var error = await process.StandardError.ReadToEndAsync(cancellationToken);
            throw new InvalidOperationException($"{contender.Name} failed with exit code {process.ExitCode}: {error}");
        }
    }

    private static long? FindPeak(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null
                ? null
                : long.Parse(line[6..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
                    * 1024;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
