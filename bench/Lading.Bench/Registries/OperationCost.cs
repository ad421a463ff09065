namespace Lading.Bench.Registries;

/// <summary>What an operation costs with one registry, run by run.</summary>
internal sealed class OperationCost
{
    private readonly List<TimeSpan> times = [];
    private readonly List<TimeSpan> cpu = [];

    /// <summary>The median of the client's runs, from start to exit.</summary>
    public TimeSpan Time => Median(times);

    /// <summary>The median of the processor time that the registry used.</summary>
    public TimeSpan Cpu => Median(cpu);

    public void Add(TimeSpan took, TimeSpan used)
    {
        times.Add(took);
        cpu.Add(used);
    }

    public static TimeSpan Median(IEnumerable<TimeSpan> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
