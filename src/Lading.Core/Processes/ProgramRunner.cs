using System.Text;

namespace Lading.Processes;

/// <summary>Runs programs to their end, or to their time limit.</summary>
internal static class ProgramRunner
{
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromSeconds(1);

    /// <summary>Runs a program and collects its output.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="input">Its standard input; empty if null.</param>
    /// <param name="cancellationToken">Ends the program and its descendants, like <see cref="RunningProgram.EndAsync"/>.</param>
    /// <exception cref="ProgramNotFoundException">The program does not exist.</exception>
    /// <exception cref="ProgramTimeoutException">It exceeded its time limit.</exception>
    public static Task<ProgramResult> RunAsync(
        ProgramCall call,
        ReadOnlyMemory<byte> input,
        CancellationToken cancellationToken
    ) => WithinLimitAsync(call, token => ReadToEndAsync(call, input, token), cancellationToken);

    /// <summary>Runs a program without input and reports each line of both its streams as they arrive.</summary>
    /// <remarks>
    /// Processes that it leaves running (compilers and file watchers of development tools) may keep its streams open: once the program
    /// has exited and nothing more arrives, they are not waited for.
    /// </remarks>
    /// <returns>The exit code.</returns>
    /// <exception cref="ProgramNotFoundException">The program does not exist.</exception>
    /// <exception cref="ProgramTimeoutException">It exceeded its time limit.</exception>
    public static Task<int> RunAsync(ProgramCall call, IProgress<string> lines, CancellationToken cancellationToken) =>
        RunAsync(call, lines, lines, cancellationToken);

    /// <summary>The same, with the lines of each stream reported separately.</summary>
    /// <exception cref="ProgramNotFoundException">The program does not exist.</exception>
    /// <exception cref="ProgramTimeoutException">It exceeded its time limit.</exception>
    public static Task<int> RunAsync(
        ProgramCall call,
        IProgress<string> outputLines,
        IProgress<string> errorLines,
        CancellationToken cancellationToken
    ) => WithinLimitAsync(call, token => ReportLinesAsync(call, outputLines, errorLines, token), cancellationToken);

    private static async Task<T> WithinLimitAsync<T>(
        ProgramCall call,
        Func<CancellationToken, Task<T>> run,
        CancellationToken cancellationToken
    )
    {
        if (call.TimeLimit is not { } limit)
        {
            return await run(cancellationToken).ConfigureAwait(false);
        }

        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(limit);
        try
        {
            return await run(limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProgramTimeoutException(call);
        }
    }

    private static async Task<ProgramResult> ReadToEndAsync(
        ProgramCall call,
        ReadOnlyMemory<byte> input,
        CancellationToken cancellationToken
    )
    {
        var program = RunningProgram.Start(call);
        await using (program.ConfigureAwait(false))
        {
            var output = ReadAsync(program.Output, cancellationToken);
            var error = ErrorText.ReadAsync(program.Error, cancellationToken);
            var writing = WriteAsync(program.Input, input, cancellationToken);
            var exitCode = await program.WaitAsync(cancellationToken).ConfigureAwait(false);

            // Reads of a pipe cannot be cancelled, and processes that the program left may keep it open.
            await Task.WhenAll(output, error, writing).WaitAsync(cancellationToken).ConfigureAwait(false);
            return new ProgramResult(exitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
    }

    private static async Task<int> ReportLinesAsync(
        ProgramCall call,
        IProgress<string> outputLines,
        IProgress<string> errorLines,
        CancellationToken cancellationToken
    )
    {
        var program = RunningProgram.Start(call);
        await using (program.ConfigureAwait(false))
        {
            program.Input.Close();
            using var stopReading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var output = new LineReader(program.Output, outputLines);
            var error = new LineReader(program.Error, errorLines);
            var reading = Task.WhenAll(output.RunAsync(stopReading.Token), error.RunAsync(stopReading.Token));
            var exitCode = await program.WaitAsync(cancellationToken).ConfigureAwait(false);
            for (var counted = -1; counted < output.Count + error.Count; )
            {
                counted = output.Count + error.Count;
                await Task.WhenAny(reading, Task.Delay(QuietPeriod, cancellationToken)).ConfigureAwait(false);
                if (reading.IsCompleted)
                {
                    await reading.ConfigureAwait(false);
                    return exitCode;
                }
            }

            await stopReading.CancelAsync().ConfigureAwait(false);
            return exitCode;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(input, cancellationToken).ConfigureAwait(false);
            stream.Close();
        }
        catch (IOException)
        {
            // The program ended without reading all of it: its exit code and output say why.
        }
    }
}
