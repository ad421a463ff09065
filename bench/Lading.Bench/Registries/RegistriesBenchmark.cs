using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lading.Bench.Images;
using Lading.Bench.Races;

namespace Lading.Bench.Registries;

/// <summary>
/// The embedded registry compared with <c>docker-registry</c> and <c>olareg</c>, with the same client and images, in
/// turns: how long the client takes, the registry's processor time and memory, and how soon it answers.
/// </summary>
internal sealed class RegistriesBenchmark : IBenchmark
{
    private const int Rounds = 5;
    private const int Starts = 9;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    public string Name => "registries";

    public async Task<string> RunAsync(Workplace place, CancellationToken cancellationToken)
    {
        IReadOnlyList<MeasuredRegistry> kinds =
        [
            MeasuredRegistry.Embedded(place),
            .. new[] { MeasuredRegistry.FindDistribution(), MeasuredRegistry.FindOlareg() }.OfType<MeasuredRegistry>(),
        ];
        var section = new StringBuilder(
            kinds.Count == 1
                ? "No other registry is on this machine: `apt-get install docker-registry`.\n"
                : "The client is `lading image`. Ratios are of medians, the other registry's by the embedded one's: above 1, the embedded one is faster.\n"
        );
        section.Append(await StartsAsync(kinds, place, cancellationToken));
        section.Append(Head(kinds));
        var memory = new StringBuilder();
        var smallest = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var shape in place.Images)
        {
            var image = await BenchImage.MakeAsync(place.Cache, shape, cancellationToken);
            await MeasureAsync(kinds, place, image, section, memory, smallest, cancellationToken);
        }

        section.Append(CultureInfo.InvariantCulture, $"\n{memory}");
        foreach (var (name, ratio) in smallest)
        {
            section.Append(
                CultureInfo.InvariantCulture,
                $"- {name}, the smallest ratio: {Aim.AtLeast(ratio, name == MeasuredRegistry.Olareg ? Math.Round(1 / 1.2, 2) : 1)}.\n"
            );
        }

        return section.ToString();
    }

    private static string Head(IReadOnlyList<MeasuredRegistry> kinds) =>
        $"\n| image | operation |{string.Concat(kinds.Select((kind, i) => $" {kind.Name} | its CPU |{(i > 0 ? " ratio |" : "")}"))}\n"
        + $"|---|---|{string.Concat(kinds.Select((_, i) => i > 0 ? "---:|---:|---:|" : "---:|---:|"))}\n";

    private static async Task<string> StartsAsync(
        IReadOnlyList<MeasuredRegistry> kinds,
        Workplace place,
        CancellationToken cancellationToken
    )
    {
        var starts = kinds.Select(_ => new List<TimeSpan>()).ToList();
        var idle = new long[kinds.Count];
        for (var round = 0; round <= Starts; round++)
        {
            for (var i = 0; i < kinds.Count; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await using var registry = await BenchRegistry.StartAsync(
                    kinds[i],
                    FolderOf(place, i),
                    cancellationToken
                );
                // The first start reads the program from the disk.
                if (round > 0)
                {
                    starts[i].Add(Stopwatch.GetElapsedTime(started));
                }

                if (round == Starts)
                {
                    await Task.Delay(Settling, cancellationToken);
                    idle[i] = ServerLook.At(registry.Process).Memory;
                }
            }
        }

        return string.Concat(
            kinds.Select(
                (kind, i) =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"- {kind.Name}: {starts[i].Min().TotalMilliseconds:0} ms from the start to the first answer (median {OperationCost.Median(starts[i]).TotalMilliseconds:0} ms), {idle[i] / 1048576.0:0} MB idle.{(i == 0 ? $" Memory in MB: {Aim.AtMost(idle[i] / 1048576.0, 25)}." : "")}\n"
                    )
            )
        );
    }

    private static async Task MeasureAsync(
        IReadOnlyList<MeasuredRegistry> kinds,
        Workplace place,
        BenchImage image,
        StringBuilder table,
        StringBuilder memory,
        SortedDictionary<string, double> smallest,
        CancellationToken cancellationToken
    )
    {
        var client = ImageClient.OnThisMachine(place)[0];
        var registries = new List<BenchRegistry>();
        try
        {
            for (var i = 0; i < kinds.Count; i++)
            {
                registries.Add(await BenchRegistry.StartAsync(kinds[i], FolderOf(place, i), cancellationToken));
            }

            foreach (var operation in ImageOperation.All.Where(operation => operation != ImageOperation.CopyAcross))
            {
                await Console.Error.WriteLineAsync($"{image.Shape.Name}, {operation.Name}");
                var costs = await RaceAsync(client, operation, image, place, registries, cancellationToken);
                table.Append(CultureInfo.InvariantCulture, $"| {image.Shape.Name} | {operation.Name} |");
                for (var i = 0; i < costs.Count; i++)
                {
                    table.Append(
                        CultureInfo.InvariantCulture,
                        $" {costs[i].Time.TotalSeconds:0.00} s | {costs[i].Cpu.TotalSeconds:0.00} s |"
                    );
                    table.Append(i > 0 ? Ratio(costs[i].Time, costs[0].Time) : "");
                    if (i > 0)
                    {
                        smallest[kinds[i].Name] = Math.Min(
                            costs[i].Time / costs[0].Time,
                            smallest.GetValueOrDefault(kinds[i].Name, double.MaxValue)
                        );
                    }
                }

                table.Append('\n');
            }

            await Task.Delay(Settling, cancellationToken);
            memory.Append(CultureInfo.InvariantCulture, $"- Memory, {image.Shape.Name}:");
            for (var i = 0; i < kinds.Count; i++)
            {
                var look = ServerLook.At(registries[i].Process);
                memory.Append(
                    CultureInfo.InvariantCulture,
                    $"{(i > 0 ? ";" : "")} {kinds[i].Name} {look.Peak / 1048576.0:0} MB at most, {look.Memory / 1048576.0:0} MB afterwards"
                );
            }

            memory.Append(".\n");
        }
        finally
        {
            foreach (var registry in registries)
            {
                await registry.DisposeAsync();
            }
        }
    }

    private static async Task<IReadOnlyList<OperationCost>> RaceAsync(
        ImageClient client,
        ImageOperation operation,
        BenchImage image,
        Workplace place,
        IReadOnlyList<BenchRegistry> registries,
        CancellationToken cancellationToken
    )
    {
        var output = Path.Combine(place.Cache, "pulled");
        var costs = registries.Select(_ => new OperationCost()).ToList();
        foreach (var registry in registries)
        {
            await operation.PrepareAsync(registry, image, client, cancellationToken);
        }

        // The first round does not count.
        for (var round = 0; round <= (place.Rounds ?? Rounds); round++)
        {
            for (var i = 0; i < registries.Count; i++)
            {
                await operation.ResetAsync(registries[i], registries[i], output);
                var before = ServerLook.At(registries[i].Process).Cpu;
                var call = client.Call(operation, image, registries[i].Host, registries[i].Host, output);
                var took = await TimedProcess.RunAsync(new Contender(client.Name, call), cancellationToken);
                if (round > 0)
                {
                    costs[i].Add(took, ServerLook.At(registries[i].Process).Cpu - before);
                }
            }
        }

        return costs;
    }

    private static string FolderOf(Workplace place, int number) =>
        Path.Combine(place.Cache, "registries", number.ToString(CultureInfo.InvariantCulture));

    private static string Ratio(TimeSpan of, TimeSpan by) =>
        string.Create(CultureInfo.InvariantCulture, $" {of / by:0.00} |");
}
