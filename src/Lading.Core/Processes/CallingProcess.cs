namespace Lading.Processes;

/// <summary>
/// The process that a use case runs in: its working directory, environment variables, command line and ancestors.
/// </summary>
internal sealed record CallingProcess
{
    public required string WorkingDirectory { get; init; }

    /// <summary>Returns an environment variable; null if it is not set or empty.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>How this tool was started: its program, and the arguments before its own.</summary>
    public IReadOnlyList<string> Self { get; init; } = [];

    /// <summary>The command lines of the parent processes, the nearest first; empty if unknown.</summary>
    public Func<IReadOnlyList<IReadOnlyList<string>>> Ancestors { get; init; } = () => [];
}
