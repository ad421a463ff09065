using System.Collections;

namespace Lading.Cli;

/// <summary>
/// The environment of the tool: streams, environment variables, working directory, time. It is passed in, so that tests
/// run the real tool.
/// </summary>
internal sealed record Host
{
    /// <summary>Receives results, and nothing else.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Receives narrative, progress and errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Provides the user's answers.</summary>
    public required TextReader In { get; init; }

    /// <summary>True if <see cref="Out"/> is a terminal.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>True if <see cref="Error"/> is a terminal.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>True if a user can answer.</summary>
    public bool InIsTerminal { get; init; }

    /// <summary>Columns of the terminal; 0 if there is none.</summary>
    public int Width { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required string WorkingDirectory { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Random Random { get; init; } = new();

    /// <summary>How this tool was started: its program, and the arguments before its own.</summary>
    public IReadOnlyList<string> Self { get; init; } = SelfOfProcess();

    /// <summary>The command lines of the parent processes, the nearest first; empty if unknown.</summary>
    public Func<IReadOnlyList<IReadOnlyList<string>>> Ancestors { get; init; } = Processes.Ancestors.Read;

    /// <summary>An environment variable; null if it is not set or empty.</summary>
    public string? Variable(string name) => Environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public static Host OfProcess()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return new Host
        {
            Out = Console.Out,
            Error = Console.Error,
            In = Console.In,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            InIsTerminal = !Console.IsInputRedirected,
            Width = Console.IsErrorRedirected && Console.IsOutputRedirected ? 0 : Console.WindowWidth,
            Environment = variables,
            WorkingDirectory = Directory.GetCurrentDirectory(),
        };
    }

    /// <summary>The program itself, or the .NET runtime with the path of the program.</summary>
    private static IReadOnlyList<string> SelfOfProcess() =>
        Path.GetFileNameWithoutExtension(System.Environment.ProcessPath) is null or "dotnet"
            ? [System.Environment.ProcessPath ?? "dotnet", Path.Combine(System.AppContext.BaseDirectory, "lading.dll")]
            : [System.Environment.ProcessPath!];
}
