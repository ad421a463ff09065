using System.ComponentModel;
using System.Diagnostics;

namespace Lading.Processes;

/// <summary>A program that runs, with its three streams. Disposing of it ends it.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly Process process;

    private RunningProgram(ProgramCall call, Process process)
    {
        Call = call;
        this.process = process;
    }

    public ProgramCall Call { get; }

    public Stream Input => process.StandardInput.BaseStream;

    public Stream Output => process.StandardOutput.BaseStream;

    public Stream Error => process.StandardError.BaseStream;

    /// <summary>Starts a program.</summary>
    /// <exception cref="ProgramNotFoundException">There is no such program.</exception>
    public static RunningProgram Start(ProgramCall call)
    {
        var start = new ProcessStartInfo(call.Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = call.WorkingDirectory ?? "",
        };
        foreach (var argument in call.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in call.Environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        var started = new Process { StartInfo = start };
        try
        {
            started.Start();
            return new RunningProgram(call, started);
        }
        catch (Win32Exception e)
        {
            started.Dispose();
            throw new ProgramNotFoundException(call.Program, e);
        }
    }

    /// <summary>Waits for the end; on cancellation asks the program to end, and after five seconds ends it and all it started.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await EndAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends it and all it started without asking, as a crash would.</summary>
    public void Kill() => process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        process.Dispose();
    }

    private async Task EndAsync()
    {
        if (process.HasExited)
        {
            return;
        }

        PoliteSignal.Send(process);
        using var grace = new CancellationTokenSource(Grace);
        try
        {
            await process.WaitForExitAsync(grace.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
