using System.Text;

namespace Lading.Processes;

/// <summary>Runs programs to their end.</summary>
internal static class ProgramRunner
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    /// <summary>Runs a program and takes all it says.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="input">Its standard input; empty where null.</param>
    /// <param name="cancellationToken">Ends the program and what it started.</param>
    /// <exception cref="ProgramNotFoundException">There is no such program.</exception>
    public static async Task<ProgramResult> RunAsync(
        ProgramCall call,
        ReadOnlyMemory<byte> input,
        CancellationToken cancellationToken
    )
    {
        var program = RunningProgram.Start(call);
        await using (program.ConfigureAwait(false))
        {
            var output = ReadAsync(program.Output, cancellationToken);
            var error = ReadAsync(program.Error, cancellationToken);
            var writing = WriteAsync(program.Input, input, cancellationToken);
            var exitCode = await program.WaitAsync(cancellationToken).ConfigureAwait(false);
            await writing.ConfigureAwait(false);
            return new ProgramResult(
                exitCode,
                await output.ConfigureAwait(false),
                Encoding.UTF8.GetString((await error.ConfigureAwait(false)).Span)
            );
        }
    }

    /// <summary>Runs a program without input and tells each line of both its streams, as they come.</summary>
    /// <remarks>
    /// What the program leaves running (compilers and file watchers of development tools do stay) may hold its streams open:
    /// once the program has ended and nothing more comes, nobody waits for it.
    /// </remarks>
    /// <returns>The exit code.</returns>
    /// <exception cref="ProgramNotFoundException">There is no such program.</exception>
    public static async Task<int> RunAsync(
        ProgramCall call,
        IProgress<string> lines,
        CancellationToken cancellationToken
    )
    {
        var program = RunningProgram.Start(call);
        await using (program.ConfigureAwait(false))
        {
            program.Input.Close();
            using var telling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var output = new LineReader(program.Output, lines);
            var error = new LineReader(program.Error, lines);
            var reading = Task.WhenAll(output.RunAsync(telling.Token), error.RunAsync(telling.Token));
            var exitCode = await program.WaitAsync(cancellationToken).ConfigureAwait(false);
            for (var told = -1; told < output.Told + error.Told; )
            {
                told = output.Told + error.Told;
                await Task.WhenAny(reading, Task.Delay(Silence, cancellationToken)).ConfigureAwait(false);
                if (reading.IsCompleted)
                {
                    await reading.ConfigureAwait(false);
                    return exitCode;
                }
            }

            await telling.CancelAsync().ConfigureAwait(false);
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
            // The program ended without reading all of it: its exit code and its words say why.
        }
    }
}
