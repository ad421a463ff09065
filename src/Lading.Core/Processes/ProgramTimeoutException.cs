namespace Lading.Processes;

/// <summary>A program exceeded its time limit, and was killed.</summary>
internal sealed class ProgramTimeoutException(ProgramCall call)
    : Exception($"'{call.Program}' gave no answer within {call.TimeLimit!.Value.TotalSeconds:0} seconds")
{
    public string Program { get; } = call.Program;
}
