using System.Text.Json;
using Lading.Processes;
using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>Ctrl-C at a terminal, which reaches Lading and the app at the same time.</summary>
[Collection(DeployedApps.Name)]
public sealed class InterruptingAnApp(DeployedApp app)
{
    // Runs a command in a terminal of its own, and types Ctrl-C once the command has printed "is there".
    private const string AtTerminal = """
        import json, os, pty, signal, sys
        command = json.loads(sys.argv[1])
        child, terminal = pty.fork()
        if child == 0:
            # A shell that began with the signal ignored, as in the background, could not trap it.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execvp(command[0], command)
        seen = b''
        typed = False
        while True:
            try:
                more = os.read(terminal, 4096)
            except OSError:
                break
            if not more:
                break
            seen += more
            if not typed and b'is there' in seen:
                typed = True
                os.write(terminal, b'\x03')
        print(seen.decode(errors='replace'))
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        """;

    [Fact]
    public async Task The_app_has_the_time_it_needs_to_clean_up()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such terminals.");
        (await app.LadingAsync("publish")).Succeeded();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        string[] command =
        [
            .. PackedTool.Command,
            "run",
            "--env",
            "local",
            "--",
            "sh",
            "-c",
            "trap 'sleep 2; echo cleared; exit 7' INT; echo is there; while :; do sleep 0.1; done",
        ];

        var run = await ProgramRunner.RunAsync(
            new ProgramCall("python3", "-c", AtTerminal, JsonSerializer.Serialize(command))
            {
                WorkingDirectory = app.Repository.Folder,
                Environment = app.Variables(),
            },
            ReadOnlyMemory<byte>.Empty,
            deadline.Token
        );

        Assert.Contains("cleared", run.Text, StringComparison.Ordinal);
        Assert.Equal(7, run.ExitCode);
    }
}
