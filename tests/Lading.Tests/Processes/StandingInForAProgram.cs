using Lading.Processes;
using Lading.Testing;

namespace Lading.Tests.Processes;

public sealed class StandingInForAProgram : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Its_exit_code_and_its_output_are_the_programs()
    {
        using var output = new StringWriter();

        var exitCode = await AttachedProgram.RunAsync(
            Shell("echo \"$GREETING\"; exit 7") with
            {
                Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["GREETING"] = "hello" },
            },
            output,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(7, exitCode);
        Assert.Equal("hello", output.ToString().Trim());
    }

    [Fact]
    public async Task A_signal_is_passed_on_and_the_program_ends_as_it_likes()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var started = folder.Combine("started");
        var running = AttachedProgram.RunAsync(
            Shell($"trap 'exit 5' TERM; touch {started}; while :; do sleep 0.1; done"),
            TextWriter.Null,
            cancellation.Token
        );
        while (!File.Exists(started))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await cancellation.CancelAsync();

        Assert.Equal(5, await running);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_reported() =>
        await Assert.ThrowsAsync<ProgramNotFoundException>(() =>
            AttachedProgram.RunAsync(
                new ProgramCall("a program that nobody has"),
                TextWriter.Null,
                TestContext.Current.CancellationToken
            )
        );

    private static ProgramCall Shell(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals.");
        return new ProgramCall("sh", "-c", script);
    }
}
