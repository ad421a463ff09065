namespace Lading.Processes;

/// <summary>A program exceeded its time limit, and was ended.</summary>
internal sealed class ProgramTimeoutException(ProgramCall call)
    : Exception($"'{call.Program}' gave no answer within {call.TimeLimit!.Value.TotalSeconds:0} seconds")
{
    public string Program { get; } = call.Program;
}
