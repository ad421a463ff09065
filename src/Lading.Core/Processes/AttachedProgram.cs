using System.ComponentModel;
using System.Diagnostics;

namespace Lading.Processes;

/// <summary>A program that takes this process's place for a while: its streams are those of this process.</summary>
internal sealed class AttachedProgram
{
    /// <summary>As long as a program may take to end by itself where it was asked to by somebody else as well.</summary>
    private static readonly TimeSpan Heeding = TimeSpan.FromMilliseconds(500);

    /// <summary>The same where the terminal gave it the Ctrl-C: it knows, and may have to clear up. A second Ctrl-C ends both.</summary>
    private static readonly TimeSpan HeedingTerminal = TimeSpan.FromSeconds(30);

    private readonly ProgramCall call;
    private readonly TextWriter? output;

    private AttachedProgram(ProgramCall call, TextWriter? output)
    {
        this.call = call;
        this.output = output;
    }

    /// <summary>Runs a program to its end, whatever that is.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="output">Gets its standard output; null for this process's own.</param>
    /// <param name="cancellationToken">Passed on as a signal, and then waited for: how to end is the program's to decide.</param>
    /// <returns>The exit code; 128 and the signal's number where a signal ended it.</returns>
    /// <exception cref="ProgramNotFoundException">There is no such program.</exception>
    public static Task<int> RunAsync(ProgramCall call, TextWriter? output, CancellationToken cancellationToken) =>
        new AttachedProgram(call, output).RunAsync(cancellationToken);

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start();
        var passing = output is null ? Task.CompletedTask : PassAsync(process.StandardOutput, output);
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process).ConfigureAwait(false);
        }

        await passing.ConfigureAwait(false);
        return process.ExitCode;
    }

    private Process Start()
    {
        var start = ProgramStart.Of(call);
        start.RedirectStandardOutput = output is not null;
        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            return process;
        }
        catch (Win32Exception e)
        {
            process.Dispose();
            throw ProgramStart.Failure(call, e);
        }
    }

    private static async Task EndAsync(Process process)
    {
        var isTold = !OperatingSystem.IsWindows() && Signal.ComesFromTerminal();
        using var grace = new CancellationTokenSource(isTold ? HeedingTerminal : Heeding);
        try
        {
            await process.WaitForExitAsync(grace.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (!OperatingSystem.IsWindows())
            {
                Signal.Terminate(process.Id);
            }

            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task PassAsync(StreamReader from, TextWriter to)
    {
        while (await from.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
        {
            await to.WriteLineAsync(line).ConfigureAwait(false);
        }
    }
}
