using System.Globalization;
using Lading.Bench.Publishing;
using Lading.Layout;
using Lading.Server;
using Lading.Testing.Cloud;

namespace Lading.Bench.Cleanup;

/// <summary>
/// An account whose ECR is the embedded registry with many images, and whose ECS has 5,000 task definitions.
/// </summary>
internal sealed class BenchAccount : IAsyncDisposable
{
    public const int Definitions = 5000;
    private const string Ecr = "AmazonEC2ContainerRegistry";

    private readonly RegistryServer registry;
    private readonly TestAws aws;
    private readonly TestAwsServer server;

    private BenchAccount(
        FilledStore store,
        RegistryServer registry,
        TestAws aws,
        TestAwsServer server,
        SlowEndpoint front
    )
    {
        Store = store;
        this.registry = registry;
        this.aws = aws;
        this.server = server;
        Endpoint = front;
    }

    public FilledStore Store { get; }

    /// <summary>Where all of its services answer.</summary>
    public SlowEndpoint Endpoint { get; }

    public static async Task<BenchAccount> StartAsync(
        Workplace place,
        int images,
        TimeSpan delay,
        CancellationToken cancellationToken
    )
    {
        var store = await FilledStore.GetAsync(place.Cache, images, cancellationToken);
        var registry = await RegistryServer.StartAsync(
            new LayoutStore(store.Folder),
            new RegistryServerOptions { Account = Moto.Account, Region = Moto.Region },
            cancellationToken
        );
        var aws = new TestAws(Moto.Account, Moto.Region, TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1));
        Register(aws);
        var server = await TestAwsServer.StartAsync(aws, Moto.Region);
        var others = new Uri(server.Variables["AWS_ENDPOINT_URL"]);
        var endpoint = await SlowEndpoint.StartAsync(
            target => target.StartsWith(Ecr, StringComparison.Ordinal) ? registry.Address : others,
            delay,
            cancellationToken
        );
        return new BenchAccount(store, registry, aws, server, endpoint);
    }

    public async ValueTask DisposeAsync()
    {
        await Endpoint.DisposeAsync();
        await server.DisposeAsync();
        aws.Dispose();
        await registry.DisposeAsync();
    }

    /// <summary>Each names a different image: 25 of each repository.</summary>
    private static void Register(TestAws aws)
    {
        for (var i = 0; i < Definitions; i++)
        {
            var repository = i % FilledStore.Repositories;
            var digest = FilledStore.DigestOf(repository, i / FilledStore.Repositories);
            aws.Ecs.Register(
                string.Create(CultureInfo.InvariantCulture, $"service{i:0000}"),
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["web"] = $"{aws.Host}/{FilledStore.NameOf(repository)}@{digest}",
                }
            );
        }
    }
}
