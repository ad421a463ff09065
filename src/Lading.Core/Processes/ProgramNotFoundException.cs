namespace Lading.Processes;

/// <summary>A program is not on this machine, or not to be run.</summary>
internal sealed class ProgramNotFoundException(string program, Exception innerException)
    : Exception($"'{program}' could not be started: {innerException.Message}", innerException)
{
    public string Program { get; } = program;
}
