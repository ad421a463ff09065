using Lading.Processes;

namespace Lading.Bench.Races;

/// <summary>A program that is timed from its start to its exit.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Call">How to run it; its standard output is discarded.</param>
internal sealed record Contender(string Name, ProgramCall Call)
{
    /// <summary>Called before each run, untimed.</summary>
    public Func<CancellationToken, Task> Before { get; init; } = _ => Task.CompletedTask;
}
