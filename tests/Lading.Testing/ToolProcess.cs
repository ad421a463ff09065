using Lading.Processes;
using Xunit;

namespace Lading.Testing;

/// <summary>Lading in a process of its own, which can be killed, or started twenty times at once.</summary>
internal static class ToolProcess
{
    /// <summary>The call that starts it.</summary>
    /// <param name="folder">The folder that it is started in.</param>
    /// <param name="arguments">The verb and what follows it.</param>
    public static ProgramCall Call(string folder, params IReadOnlyList<string> arguments)
    {
        // Read once: CI makes the program while tests run.
        var program = PackedTool.Newest;
        return new(program[0], [.. program.Skip(1), .. arguments]) { WorkingDirectory = folder };
    }

    /// <summary>Runs it to its end.</summary>
    public static Task<ToolRun> RunAsync(string folder, params IReadOnlyList<string> arguments) =>
        RunAsync(Call(folder, arguments));

    /// <summary>Runs a call to its end.</summary>
    public static async Task<ToolRun> RunAsync(ProgramCall call)
    {
        var result = await ProgramRunner.RunAsync(
            call,
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
        return new ToolRun(result.ExitCode, result.Text, result.Error);
    }
}
