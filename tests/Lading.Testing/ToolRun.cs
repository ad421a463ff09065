using System.Text.Json;
using Lading.Cli;
using Xunit;

namespace Lading.Testing;

/// <summary>The outcome of running Lading in this process, with streams, folder and environment of its own.</summary>
/// <param name="ExitCode">The exit code that the process would have.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ToolRun(int ExitCode, string Out, string Error)
{
    /// <summary>Runs <c>lading</c> with arguments.</summary>
    /// <param name="folder">The folder that it is started in.</param>
    /// <param name="arguments">The verb and what follows it.</param>
    public static Task<ToolRun> InAsync(string folder, params IReadOnlyList<string> arguments) =>
        InAsync(folder, new Dictionary<string, string>(), arguments);

    /// <summary>Runs <c>lading</c> with arguments and environment variables.</summary>
    /// <param name="folder">The folder that it is started in.</param>
    /// <param name="environment">The variables.</param>
    /// <param name="arguments">The verb and what follows it.</param>
    /// <param name="columns">The width of the terminal on standard output; 0 if it is not a terminal.</param>
    /// <param name="answer">The answer to a prompt; null if standard input is not a terminal.</param>
    public static async Task<ToolRun> InAsync(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyList<string> arguments,
        int columns = 0,
        string? answer = null
    )
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new Host
        {
            // Synchronized, as the console's are: several threads may write at once.
            Out = TextWriter.Synchronized(output),
            Error = TextWriter.Synchronized(error),
            In = answer is null ? TextReader.Null : new StringReader(answer + "\n"),
            InIsTerminal = answer is not null,
            Environment = environment,
            WorkingDirectory = folder,
            OutIsTerminal = columns > 0,
            Width = columns,
        };
        var exitCode = await new Application(host).RunAsync([.. arguments], TestContext.Current.CancellationToken);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The tag of an image's identity at HEAD.</summary>
    public static async Task<string> TagAsync(string folder, string image)
    {
        using var plan = (await InAsync(folder, "plan", "--offline", "--output", "json")).Succeeded().Document();
        return plan
            .RootElement.GetProperty("images")
            .EnumerateArray()
            .First(each => each.GetProperty("name").GetString() == image)
            .GetProperty("tag")
            .GetString()!;
    }

    /// <summary>The run, which must have succeeded.</summary>
    public ToolRun Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Out}\n{Error}");
        return this;
    }

    /// <summary>Standard output, which must be one JSON document.</summary>
    public JsonDocument Document() => JsonDocument.Parse(Out);

    /// <summary>The run, which must have failed with the exit code of a kind.</summary>
    public ToolRun Failed(FailureKind kind)
    {
        Assert.True(ExitCode == (int)kind, $"exit code {ExitCode}, expected {(int)kind}\n{Out}\n{Error}");
        return this;
    }
}
