using Lading.Testing;

namespace Lading.IntegrationTests.Registry.Faults;

/// <summary>The registries that faults are put in front of: CNCF distribution and the embedded one, each started once.</summary>
public sealed class RealRegistries : IAsyncLifetime
{
    /// <summary>Their names, for theories.</summary>
    public static TheoryData<string> Kinds => ["docker-registry", "embedded"];

    private readonly SemaphoreSlim turn = new(1);
    private DockerRegistryServer? docker;
    private TestRegistry? embedded;
    private int benches;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A fault server before a registry, and a repository that nobody else uses.</summary>
    internal async Task<FaultBench> BenchAsync(string kind) =>
        await FaultBench.CreateAsync(await HostAsync(kind), $"faults/{kind}/{Interlocked.Increment(ref benches)}");

    /// <summary>Where a registry is, without anything before it.</summary>
    internal async Task<string> HostAsync(string kind)
    {
        await turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (kind == "embedded")
            {
                embedded ??= await TestRegistry.StartAsync();
                return embedded.Host;
            }

            docker ??= await DockerRegistryServer.StartAsync();
            return docker.Host;
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (docker is not null)
        {
            await docker.DisposeAsync();
        }

        if (embedded is not null)
        {
            await embedded.DisposeAsync();
        }

        turn.Dispose();
    }
}
