using System.Text.RegularExpressions;
using Lading.Processes;
using Xunit;

namespace Lading.Testing;

/// <summary>
/// A server started by a test: ready once it says so, and ended with the test. Errors quote its output.
/// </summary>
internal sealed class RunningServer : IAsyncDisposable
{
    // Python takes seconds of processor time to load some servers, and several start at once.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly RunningProgram program;
    private readonly CancellationTokenSource end = new();
    private readonly Task reading;

    private RunningServer(RunningProgram program, Announcement announcement)
    {
        this.program = program;
        program.Input.Close();
        reading = Task.WhenAll(
            ListenAsync(program.Output, announcement, end.Token),
            ListenAsync(program.Error, announcement, end.Token)
        );
    }

    /// <summary>Starts a server and waits for the line that says it is ready.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="ready">Matches that line; its group <c>said</c>, such as an address, is returned.</param>
    public static async Task<(RunningServer Server, string Said)> StartAsync(ProgramCall call, Regex ready)
    {
        var announcement = new Announcement(ready);
        var server = new RunningServer(RunningProgram.Start(call), announcement);
        try
        {
            var said = announcement.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
            var ended = await Task.WhenAny(said, server.reading) == server.reading && !announcement.Task.IsCompleted;
            return ended
                ? throw new InvalidOperationException($"'{call}' ended before it was ready{announcement.Words}")
                : (server, await said);
        }
        catch (TimeoutException e)
        {
            await server.DisposeAsync();
            throw new TimeoutException($"'{call}' was not ready after {Patience}{announcement.Words}", e);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills it, as a power failure would.</summary>
    public void Kill() => program.Kill();

    /// <summary>Asks it to end, as <c>kill</c> and service managers do.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Windows asks no process to end.");
        }

        Signal.Terminate(program.Id);
        return await program.WaitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        await end.CancelAsync();
        try
        {
            await reading;
        }
        catch (OperationCanceledException)
        {
            // What it started may still hold its streams; nobody reads them any more.
        }

        end.Dispose();
    }

    private static async Task ListenAsync(Stream stream, Announcement announcement, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            announcement.Hear(line);
        }
    }
}
