namespace Lading.Bench.Races;

/// <summary>How long the runs of one contender took.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Runs">Sorted.</param>
/// <param name="PeakMemory">
/// The most memory that the process itself had, in bytes; null if the system does not report it.
/// </param>
internal sealed record Timing(string Name, IReadOnlyList<TimeSpan> Runs, long? PeakMemory)
{
    public TimeSpan Min => Runs[0];

    public TimeSpan Median =>
        Runs.Count % 2 == 1 ? Runs[Runs.Count / 2] : (Runs[(Runs.Count / 2) - 1] + Runs[Runs.Count / 2]) / 2;

    public TimeSpan Max => Runs[^1];
}
