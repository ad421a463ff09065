using Lading.Aws;
using Lading.Aws.Ecr;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Http;
using Lading.Oci;
using Lading.Provenance;
using Lading.Retention;
using Lading.Retention.Acting;
using Lading.Retention.Evidence;
using Lading.Retention.Local;
using Lading.Running.Evidence;
using Lading.Server;
using Lading.Shipping;
using Lading.Testing;

namespace Lading.Tests.Retention.Acting;

/// <summary>An embedded ECR with a repository, a clock, and the known uses of its images.</summary>
internal sealed class PrunedWorld
    : IAsyncDisposable,
        IRetentionEvidence,
        IImageProducer,
        IProgress<ShippingEvent>,
        IPruneProgress
{
    public const string Account = "111111111111";
    public static readonly RepositoryName Web = RepositoryName.Parse("shop/web");
    public static readonly RetentionPolicy Policy = new();
    public static readonly EnvironmentDefinition Dev = new()
    {
        Name = "dev",
        Account = Account,
        Region = "eu-west-1",
    };
    private readonly HttpConnections http;
    private readonly TestFolder folder = new();
    private readonly TestRegistry server;
    private readonly AwsSession session;

    private PrunedWorld(TestRegistry server)
    {
        this.server = server;
        RecordedActions actions = null!;
        http = HttpConnections.Create(ProxyResolver.None, next => actions = new RecordedActions(next));
        Actions = actions;
        var variables = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = server.Address.ToString(),
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
        };
        var settings = new AwsSettings
        {
            Environment = Dev.Name,
            Account = Account,
            Region = Dev.Region!,
            Variable = variables.GetValueOrDefault,
        };
        session = new AwsSession(settings, http, TestClient.AtOnce, []);
        Registry = new EcrRegistry(session, Account);
    }

    public ManualTime Time { get; } = new();

    public EcrRegistry Registry { get; }

    /// <summary>The actions needed by all calls so far, as policies name them.</summary>
    public RecordedActions Actions { get; }

    /// <summary>The images in use according to the evidence.</summary>
    public List<Digest> Used { get; } = [];

    /// <summary>What a build produces for a missing image.</summary>
    public GeneratedImage? Built { get; set; }

    public string AuditFolder => folder.Combine("audit");

    private static string Host => new EcrAddress(Account, Dev.Region!).Host;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<PrunedWorld> StartAsync(bool isImmutable = true)
    {
        var world = new PrunedWorld(
            await TestRegistry.StartAsync(new RegistryServerOptions { Account = Account, Region = Dev.Region! })
        );
        await world.Registry.CreateRepositoryAsync(
            Web,
            isImmutable ? RepositorySettings.ImmutableExcept("sha256-*") : RepositorySettings.MutableExcept(),
            Cancelled
        );
        return world;
    }

    public async Task<RetentionEvidence> ReadAsync(CancellationToken cancellationToken)
    {
        var stored = await new StoreFacts(server.Store, name => name == Web).ReadAsync(cancellationToken);
        var now = Time.GetUtcNow();
        return new RetentionEvidence
        {
            ReadAt = now,
            Repositories = [.. stored.Select(Told)],
            Uses =
            [
                .. Used.Select(digest => new ImageUse(
                    UseKind.Running,
                    new UsedImage(Host, Web, digest),
                    "runs",
                    new FactOrigin("ecs:DescribeTasks", "", now)
                )),
            ],
        };
    }

    /// <summary>Whether ECR counts a mark as a pull, since marking reads the manifest.</summary>
    public bool MarkingIsAPull { get; set; }

    private StoredRepository Told(StoredRepository repository) =>
        repository with
        {
            Host = Host,
            Images =
            [
                .. repository.Images.Select(image =>
                    MarkingIsAPull && DeletionMark.MarkedSince(image.Digest, image.Tags) is { } since
                        ? image with
                        {
                            PulledAt = new DateTimeOffset(since, new TimeOnly(12, 0), TimeSpan.Zero),
                        }
                        : image
                ),
            ],
        };

    /// <summary>Publishes an image as <c>lading publish</c> does, and returns the digest for the lock.</summary>
    public async Task<Digest> PublishAsync(
        ImageIdentity identity,
        GeneratedImage image,
        IImageRegistry? registry = null
    )
    {
        Built = image;
        var target = registry ?? Registry;
        var survey = await RegistrySurvey.MakeAsync(target, [identity], Cancelled);
        var plan = ShippingPlan.ForPublish(Dev, [identity], survey);
        var publisher = new Publisher(target, _ => this, RepositorySettings.ImmutableExcept(), [], Time);
        return Assert.Single(await publisher.PublishAsync(plan, null, this, Cancelled)).Locked.Digest;
    }

    public async Task<RetentionPlan> PlanAsync() => RetentionRules.Decide(await ReadAsync(Cancelled), Policy);

    /// <summary>Carries out a plan, by default one made now.</summary>
    public async Task<PruneOutcome> PruneAsync(
        IPrunedRegistry? registry = null,
        IRetentionEvidence? evidence = null,
        RetentionPlan? plan = null,
        bool archives = false
    ) =>
        await new PruneRun(
            registry ?? Registry,
            evidence ?? this,
            Policy,
            new PruneRequest(7, archives, "dev", AuditFolder) { Host = Host },
            Time,
            this
        ).RunAsync(plan ?? await PlanAsync(), Cancelled);

    /// <summary>Reads an image to its last byte.</summary>
    public async Task AssertWholeAsync(Digest digest)
    {
        var repository = Registry.Open(Web);
        var manifest = await repository.FindManifestContentAsync(digest, Cancelled);
        Assert.NotNull(manifest);
        foreach (var child in manifest.Children)
        {
            await AssertWholeAsync(child.Digest);
        }

        foreach (var blob in manifest.Blobs)
        {
            await using var stream = await repository.OpenBlobAsync(blob, Cancelled);
            await stream.CopyToAsync(Stream.Null, Cancelled);
        }
    }

    /// <summary>Reads what <see cref="PublishAsync"/> published, and the statement of its inputs.</summary>
    public async Task AssertPublishedAsync(Digest digest)
    {
        await AssertWholeAsync(digest);
        var referrer = Assert.Single(await Registry.Open(Web).ListReferrersAsync(digest, Cancelled));
        await AssertWholeAsync(referrer.Digest);
    }

    public async Task<bool> HasAsync(Digest digest) =>
        (await Registry.FindImagesAsync(Web, [digest], Cancelled)).Images.Count > 0;

    public async Task<IReadOnlyList<string>> TagsAsync(Digest digest) =>
        [.. (await Registry.FindTagsOfAsync(Web, digest, Cancelled)).Select(tag => tag.Name)];

    public Task<ProducedImage> ProduceAsync(
        PlannedImage image,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    ) => Task.FromResult(new ProducedImage(Built!.Layout, Built.Digest) { Inputs = ImageProvenance.Of(image.Image) });

    void IProgress<ShippingEvent>.Report(ShippingEvent value)
    {
        // Not observed.
    }

    void IPruneProgress.Tagged(int done, int total)
    {
        // Not observed.
    }

    void IPruneProgress.ReadingAgain()
    {
        // Not observed.
    }

    void IPruneProgress.Removed(int done, int total)
    {
        // Not observed.
    }

    public async ValueTask DisposeAsync()
    {
        Registry.Dispose();
        session.Dispose();
        http.Dispose();
        await server.DisposeAsync();
        folder.Dispose();
    }
}
