using System.Text;

namespace Lading.Processes;

/// <summary>Runs programs to their end.</summary>
internal static class ProgramRunner
{
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
            await WriteAsync(program.Input, input, cancellationToken).ConfigureAwait(false);
            var exitCode = await program.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new ProgramResult(
                exitCode,
                await output.ConfigureAwait(false),
                Encoding.UTF8.GetString((await error.ConfigureAwait(false)).Span)
            );
        }
    }

    /// <summary>Runs a program without input and tells each line of both its streams, as they come.</summary>
    /// <returns>The exit code.</returns>
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
            var reading = Task.WhenAll(
                TellAsync(program.Output, lines, cancellationToken),
                TellAsync(program.Error, lines, cancellationToken)
            );
            var exitCode = await program.WaitAsync(cancellationToken).ConfigureAwait(false);
            await reading.ConfigureAwait(false);
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

    private static async Task TellAsync(Stream stream, IProgress<string> lines, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            lines.Report(line);
        }
    }
}
