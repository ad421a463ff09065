using Lading.Testing;

namespace Lading.IntegrationTests.Registry.Faults;

/// <summary>
/// The registries behind the fault servers: CNCF distribution and the embedded one, each started once.
/// </summary>
public sealed class RealRegistries : IAsyncLifetime
{
    /// <summary>Their names, for theories.</summary>
    public static TheoryData<string> Kinds => ["docker-registry", "embedded"];

    private readonly SemaphoreSlim turn = new(1);
    private DockerRegistryServer? docker;
    private TestRegistry? embedded;
    private int benches;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A fault server in front of a registry, and a repository that nobody else uses.</summary>
    internal async Task<FaultBench> BenchAsync(string kind) =>
        await FaultBench.CreateAsync(await HostAsync(kind), $"faults/{kind}/{Interlocked.Increment(ref benches)}");

    /// <summary>The address of a registry, with nothing in front of it.</summary>
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
