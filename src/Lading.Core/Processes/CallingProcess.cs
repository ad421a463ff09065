namespace Lading.Processes;

/// <summary>The process that a use case runs in: its folder and variables, how it was started, and by whom.</summary>
internal sealed record CallingProcess
{
    public required string WorkingDirectory { get; init; }

    /// <summary>Gives an environment variable; null if it is not set or empty.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>How this tool is started: its program, and the arguments before its own.</summary>
    public IReadOnlyList<string> Self { get; init; } = [];

    /// <summary>The command lines of the programs above this one, the nearest first; empty if the system does not tell.</summary>
    public Func<IReadOnlyList<IReadOnlyList<string>>> Ancestors { get; init; } = () => [];
}
