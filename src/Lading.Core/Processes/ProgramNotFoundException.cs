namespace Lading.Processes;

/// <summary>A program does not exist on this machine, or is not executable.</summary>
internal sealed class ProgramNotFoundException(string program, Exception innerException)
    : Exception($"'{program}' could not be started: {innerException.Message}", innerException)
{
    public string Program { get; } = program;
}
