using Lading.Processes;

namespace Lading.Bench.Races;

/// <summary>A program that is timed from its start to its exit.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Call">How to run it; its standard output is thrown away.</param>
internal sealed record Contender(string Name, ProgramCall Call)
{
    /// <summary>What is done, untimed, before each run.</summary>
    public Func<CancellationToken, Task> Before { get; init; } = _ => Task.CompletedTask;
}
