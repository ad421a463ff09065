using System.Text.Json;
using Lading.Processes;
using Xunit;

namespace Lading.Testing;

/// <summary>Lading in a process of its own, which gets SIGINT, as from Ctrl-C, once it has printed something.</summary>
internal static class InterruptedTool
{
    private const string Script = """
        import json, os, signal, subprocess, sys, threading
        command, marker = json.loads(sys.argv[1]), sys.argv[2].encode()
        # A process that began with the signal ignored, as in the background, would never see it.
        tool = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        timer = threading.Timer(60, tool.kill)
        timer.start()
        said, typed = b'', False
        while True:
            more = os.read(tool.stdout.fileno(), 4096)
            if not more:
                break
            said += more
            if not typed and marker in said:
                typed = True
                tool.send_signal(signal.SIGINT)
        timer.cancel()
        sys.stdout.buffer.write(said)
        sys.exit(tool.wait() if tool.returncode is None else tool.returncode)
        """;

    /// <summary>Runs it to its end; <see cref="ToolRun.Out"/> has both its streams.</summary>
    /// <param name="folder">The folder that it is started in.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="marker">What it prints before it gets the signal.</param>
    /// <param name="words">The verb and what follows it.</param>
    public static async Task<ToolRun> RunAsync(
        string folder,
        IReadOnlyDictionary<string, string> variables,
        string marker,
        params IReadOnlyList<string> words
    )
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        string[] command = [.. PackedTool.Newest, .. words];
        return await ToolProcess.RunAsync(
            new ProgramCall("python3", "-c", Script, JsonSerializer.Serialize(command), marker)
            {
                WorkingDirectory = folder,
                Environment = variables.ToDictionary(
                    each => each.Key,
                    each => (string?)each.Value,
                    StringComparer.Ordinal
                ),
            }
        );
    }
}
