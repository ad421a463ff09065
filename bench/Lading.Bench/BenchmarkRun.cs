using System.Diagnostics;
using Lading.Bench.Cleanup;
using Lading.Bench.Fingerprints;
using Lading.Bench.Images;
using Lading.Bench.Publishing;
using Lading.Bench.Registries;
using Lading.Bench.Starts;
using Lading.Bench.Status;
using Lading.Bench.Synthesis;

namespace Lading.Bench;

/// <summary>Runs the named benchmarks, or all if none is named, and writes their results to bench/RESULTS.md.</summary>
internal static class BenchmarkRun
{
    private static readonly IReadOnlyList<IBenchmark> All =
    [
        new CleanupBenchmark(),
        new FingerprintsBenchmark(),
        new ImagesBenchmark("images-distribution", _ => MeasuredRegistry.FindDistribution()),
        new ImagesBenchmark("images-embedded", MeasuredRegistry.Embedded),
        new NothingToDoBenchmark(),
        new RegistriesBenchmark(),
        new StartBenchmark(),
        new StatusBenchmark(),
        new SynthesisBenchmark(),
    ];

    /// <param name="args">
    /// Names of benchmarks; <c>--rounds N</c>, <c>--lading FILE</c>, <c>--print</c> to leave RESULTS.md as it is.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        if (!RunOptions.TryParse(args, [.. All.Select(benchmark => benchmark.Name)], out var options, out var problem))
        {
            await Console.Error.WriteLineAsync(problem);
            return 2;
        }

        var place = Workplace.Find(options);
        foreach (var benchmark in All.Where(benchmark => options.Wants(benchmark.Name)))
        {
            await Console.Error.WriteLineAsync($"== {benchmark.Name}");
            var started = Stopwatch.GetTimestamp();
            var section = await benchmark.RunAsync(place, cancellationToken);
            await Console.Error.WriteLineAsync($"took {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
            Console.WriteLine($"## {benchmark.Name}\n\n{section}");
            if (!options.PrintOnly)
            {
                await ResultsFile.WriteAsync(place, benchmark.Name, section, cancellationToken);
            }
        }

        return 0;
    }
}
