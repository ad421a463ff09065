using System.ComponentModel;
using System.Diagnostics;

namespace Lading.Processes;

/// <summary>A program that runs in the foreground, with the standard streams of this process.</summary>
internal sealed class AttachedProgram
{
    /// <summary>
    /// How long a program may take to exit by itself, in case it got the signal as well, before it is sent one.
    /// </summary>
    private static readonly TimeSpan ExitGrace = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The same after Ctrl-C in the terminal, which the program received too: it may have to clean up. A second Ctrl-C
    /// ends both.
    /// </summary>
    private static readonly TimeSpan TerminalExitGrace = TimeSpan.FromSeconds(30);

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
    /// <param name="cancellationToken">Passed on to the program as a signal; this then waits until it exits.</param>
    /// <returns>The exit code; 128 plus the signal's number if a signal ended it.</returns>
    /// <exception cref="ProgramNotFoundException">The program does not exist.</exception>
    public static Task<int> RunAsync(ProgramCall call, TextWriter? output, CancellationToken cancellationToken) =>
        new AttachedProgram(call, output).RunAsync(cancellationToken);

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start();
        var copying = output is null ? Task.CompletedTask : CopyLinesAsync(process.StandardOutput, output);
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process).ConfigureAwait(false);
        }

        await copying.ConfigureAwait(false);
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
        var hasReceivedSignal = !OperatingSystem.IsWindows() && Signal.ComesFromTerminal();
        using var grace = new CancellationTokenSource(hasReceivedSignal ? TerminalExitGrace : ExitGrace);
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

    private static async Task CopyLinesAsync(StreamReader from, TextWriter to)
    {
        while (await from.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
        {
            await to.WriteLineAsync(line).ConfigureAwait(false);
        }
    }
}
