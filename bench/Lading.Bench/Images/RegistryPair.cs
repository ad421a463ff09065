using Lading.Processes;

namespace Lading.Bench.Images;

/// <summary>Two registries of one kind: copies go from the first to the second.</summary>
internal sealed class RegistryPair : IAsyncDisposable
{
    private RegistryPair(BenchRegistry from, BenchRegistry to)
    {
        From = from;
        To = to;
    }

    public BenchRegistry From { get; }

    public BenchRegistry To { get; }

    public static async Task<RegistryPair> StartAsync(
        MeasuredRegistry kind,
        Workplace place,
        CancellationToken cancellationToken
    )
    {
        var folder = Path.Combine(place.Cache, "registries");
        var from = await BenchRegistry.StartAsync(kind, Path.Combine(folder, "from"), cancellationToken);
        try
        {
            return new RegistryPair(
                from,
                await BenchRegistry.StartAsync(kind, Path.Combine(folder, "to"), cancellationToken)
            );
        }
        catch
        {
            await from.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many requests a program makes to both, by counters in front of them.</summary>
    public async Task<int> CountAsync(
        Func<string, string, ProgramCall> call,
        Func<Task> before,
        CancellationToken cancellationToken
    )
    {
        await before();
        await using var from = await RequestCounter.StartAsync(From.Host, cancellationToken);
        await using var to = await RequestCounter.StartAsync(To.Host, cancellationToken);
        var asked = call(from.Host, to.Host);
        var result = await ProgramRunner.RunAsync(asked, ReadOnlyMemory<byte>.Empty, cancellationToken);
        return result.ExitCode == 0
            ? from.Count + to.Count
            : throw new InvalidOperationException($"{asked}: {result.Error}");
    }

    public async ValueTask DisposeAsync()
    {
        await From.DisposeAsync();
        await To.DisposeAsync();
    }
}
