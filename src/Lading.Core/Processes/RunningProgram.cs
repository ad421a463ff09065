using System.ComponentModel;
using System.Diagnostics;

namespace Lading.Processes;

/// <summary>A running program, with its three streams. Disposing of it ends it.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private readonly Process process;

    private RunningProgram(ProgramCall call, Process process)
    {
        Call = call;
        this.process = process;
    }

    public ProgramCall Call { get; }

    /// <summary>Its process id.</summary>
    public int Id => process.Id;

    public Stream Input => process.StandardInput.BaseStream;

    public Stream Output => process.StandardOutput.BaseStream;

    public Stream Error => process.StandardError.BaseStream;

    /// <summary>Starts a program.</summary>
    /// <exception cref="ProgramNotFoundException">The program does not exist.</exception>
    public static RunningProgram Start(ProgramCall call)
    {
        var start = ProgramStart.Of(call);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.CreateNoWindow = true;
        var started = new Process { StartInfo = start };
        try
        {
            started.Start();
            return new RunningProgram(call, started);
        }
        catch (Win32Exception e)
        {
            started.Dispose();
            throw ProgramStart.Failure(call, e);
        }
    }

    /// <summary>
    /// Waits until the program exits; on cancellation ends it and its descendants like <see cref="EndAsync"/>.
    /// </summary>
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

    /// <summary>Kills it and its descendants without warning, like a crash.</summary>
    public void Kill() => process.Kill(entireProcessTree: true);

    /// <summary>
    /// Asks the program and its descendants to end, and kills those that have not after five seconds. Does nothing if the
    /// program has ended by itself.
    /// </summary>
    public async Task EndAsync()
    {
        if (process.HasExited)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            // Another process cannot be asked to end.
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            return;
        }

        var tree = ProcessTree.Of(process.Id);
        foreach (var member in tree)
        {
            Signal.Terminate(member.Id);
        }

        if (await HaveEndedAsync(tree).ConfigureAwait(false))
        {
            return;
        }

        // Their newer children are found while the parents still live.
        foreach (var member in ProcessTree.Living(tree).SelectMany(parent => ProcessTree.Of(parent.Id)).Distinct())
        {
            Signal.Kill(member.Id);
        }

        await HaveEndedAsync(tree).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends the program if it is still running: alone at first, then with all its descendants if it does not respond.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited && !OperatingSystem.IsWindows())
        {
            Signal.Terminate(process.Id);
            using var grace = new CancellationTokenSource(Grace);
            try
            {
                await process.WaitForExitAsync(grace.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // It is ended below, with its descendants.
            }
        }

        await EndAsync().ConfigureAwait(false);
        process.Dispose();
    }

    private static async Task<bool> HaveEndedAsync(IReadOnlyList<ProcessIdentity> tree)
    {
        using var grace = new CancellationTokenSource(Grace);
        while (ProcessTree.Living(tree).Count > 0)
        {
            if (grace.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(PollInterval, CancellationToken.None).ConfigureAwait(false);
        }

        return true;
    }
}
