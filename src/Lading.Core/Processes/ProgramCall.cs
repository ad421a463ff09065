namespace Lading.Processes;

/// <summary>
/// A program to run, without a shell: each argument is passed as it is. Secrets are passed by environment or input, never as arguments.
/// </summary>
internal sealed record ProgramCall(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>Null for this process's folder.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables to set, or to remove if the value is null; all others are inherited.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>The time limit, after which the program and its descendants are ended. Null for none.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// The arguments as one string, passed unchanged: for the shell of Windows, which has its own quoting. Null to use
    /// <see cref="Arguments"/>.
    /// </summary>
    public string? CommandLine { get; init; }

    /// <summary>As a user would type it, for messages.</summary>
    public override string ToString() =>
        string.Join(
            ' ',
            Arguments.Prepend(Program).Select(part => part.Contains(' ', StringComparison.Ordinal) ? $"'{part}'" : part)
        );
}
