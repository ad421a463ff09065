using System.Collections.Concurrent;
using Lading.Testing;
using Lading.Testing.Conformance;

namespace Lading.IntegrationTests.Server;

/// <summary>
/// The conformance cases of the embedded registry, run against one that is not ours: a case that fails where others
/// keep the promise is wrong.
/// </summary>
public sealed class ConformanceOfDockerRegistry
{
    [Fact]
    public async Task It_keeps_every_promise_except_for_known_deviations()
    {
        await using var registry = await DockerRegistryServer.StartAsync();
        var broken = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            ConformanceCase.All,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = 8,
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (held, _) =>
            {
                if (await Record.ExceptionAsync(() => held.CheckAsync(registry.Http)) is not null)
                {
                    broken.Add(held.Name);
                }
            }
        );
        var known = await File.ReadAllLinesAsync(
            SourceTree.PathOf("tests/Lading.IntegrationTests/Server/docker-registry-deviations.txt"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            known.Where(line => line.Length > 0 && !line.StartsWith('#')).Order(StringComparer.Ordinal),
            broken.Order(StringComparer.Ordinal)
        );
    }
}
