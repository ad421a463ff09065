using System.ComponentModel;
using System.Diagnostics;

namespace Lading.Processes;

/// <summary>A program that replaces this process for a while: it uses the streams of this process.</summary>
internal sealed class AttachedProgram
{
    /// <summary>
    /// How long a program may take to end by itself, in case somebody else has asked it to as well, before it is signalled from
    /// here.
    /// </summary>
    private static readonly TimeSpan Heeding = TimeSpan.FromMilliseconds(500);

    /// <summary>The same if the terminal sent it Ctrl-C: it knows, and may have to clean up. A second Ctrl-C ends both.</summary>
    private static readonly TimeSpan HeedingTerminal = TimeSpan.FromSeconds(30);

    private readonly ProgramCall call;
    private readonly TextWriter? output;

    private AttachedProgram(ProgramCall call, TextWriter? output)
    {
        this.call = call;
        this.output = output;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="output">Receives its standard output; null for this process's own.</param>
    /// <param name="cancellationToken">Passed on as a signal, and then waited for: the program decides how to end.</param>
    /// <returns>The exit code; 128 plus the signal's number if a signal ended it.</returns>
    /// <exception cref="ProgramNotFoundException">The program does not exist.</exception>
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
