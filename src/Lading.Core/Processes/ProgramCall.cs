namespace Lading.Processes;

/// <summary>A program to run: no shell, each argument as it is. Secrets go by environment or input, never as arguments.</summary>
internal sealed record ProgramCall(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>Null for the folder of this process.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables to set, or to remove where the value is null; all others are inherited.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>How long it may take: what takes longer is ended, with all it started. Null for as long as it wants.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The arguments as one text, passed on as it is: for Windows' own shell, which has quotes of its own. Null for <see cref="Arguments"/>.</summary>
    public string? CommandLine { get; init; }

    /// <summary>As people would type it, for messages.</summary>
    public override string ToString() =>
        string.Join(
            ' ',
            Arguments.Prepend(Program).Select(part => part.Contains(' ', StringComparison.Ordinal) ? $"'{part}'" : part)
        );
}
