using Lading.Aws;
using Lading.Aws.Diagnosis;
using Lading.Configuration;
using Lading.Diagnosis;
using Lading.Layout;
using Lading.Oci;
using Lading.Registries;
using Lading.Registry;
using Lading.Server;
using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Running;

namespace Lading.Tests.Diagnosis;

/// <summary>
/// A project, and the account of its environment over HTTP: the stand-in for AWS, whose ECR is the embedded registry.
/// </summary>
internal sealed class AccountWorld : IAsyncDisposable
{
    public const string Account = RunningWorld.Account;

    private TestAwsServer? server;
    private TestRegistry? ecr;

    private AccountWorld(ExaminedFolder folder) => Folder = folder;

    public ExaminedFolder Folder { get; }

    public RunningWorld World { get; } = new();

    public TestAws Aws => World.Aws;

    public LayoutStore Store => ecr!.Store;

    public static async Task<AccountWorld> StartAsync()
    {
        var world = new AccountWorld(await ExaminedFolder.CreateAsync());
        world.Aws.Skew = TimeSpan.Zero;
        world.ecr = await TestRegistry.StartAsync(
            new RegistryServerOptions
            {
                Account = Account,
                Region = RunningWorld.Region,
                CreatesOnPush = false,
            }
        );
        world.server = await TestAwsServer.StartAsync(world.Aws, RunningWorld.Region);
        foreach (var (name, value) in world.server.Variables)
        {
            world.Folder.Variables[name] = value;
        }

        world.Folder.Variables["AWS_ENDPOINT_URL_ECR"] = world.ecr.Address.ToString();
        world.Configure();
        world.Folder.Repository.Write("cdk.json", """{ "app": "npx tsx app.ts" }""");
        return world;
    }

    /// <summary>Writes <c>lading.json</c>.</summary>
    /// <param name="environment">Further members of the environment.</param>
    /// <param name="project">Further members of the project.</param>
    public void Configure(string environment = "", string project = "") =>
        Folder.Project(
            $$"""
            , "environments": { "prod": { "account": "{{Account}}", "region": "{{RunningWorld.Region}}"{{environment}} } }{{project}}
            """
        );

    /// <summary>Runs checks of the account.</summary>
    public Task<ToolRun> DoctorAsync(params IReadOnlyList<string> words) =>
        Folder.DoctorAsync([.. words, "--env", "prod"]);

    /// <summary>Pushes an image to a repository, which is created if it is missing.</summary>
    /// <returns>Its reference by digest.</returns>
    public async Task<string> PushAsync(string repository, int seed, string tag, Platform? platform = null)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var name = RepositoryName.Parse(repository);
        await CreateAsync(repository);
        using var image = await GeneratedImage.CreateAsync(1, 100, cancelled, seed, platform);
        await PutAsync(name, image, Tag.Parse(tag));
        return $"{Aws.Host}/{repository}@{image.Digest}";
    }

    /// <summary>Pushes an index to a repository, with an image for each platform.</summary>
    /// <returns>Its reference by digest.</returns>
    public async Task<string> PushIndexAsync(string repository, string tag, params IReadOnlyList<Platform> platforms)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var name = RepositoryName.Parse(repository);
        await CreateAsync(repository);
        var children = new List<Descriptor>();
        foreach (var platform in platforms)
        {
            using var image = await GeneratedImage.CreateAsync(1, 100, cancelled, children.Count, platform);
            await PutAsync(name, image, null);
            children.Add(image.Manifest.Descriptor with { Platform = platform });
        }

        var index = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciIndex,
                Manifests = children,
            }
        );
        await Store.Open(name).PutManifestAsync(index, Tag.Parse(tag), cancelled);
        return $"{Aws.Host}/{repository}@{index.Descriptor.Digest}";
    }

    /// <summary>Creates a repository, or changes its record.</summary>
    public async Task CreateAsync(string repository, Func<RepositoryRecord, RepositoryRecord>? change = null)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var name = RepositoryName.Parse(repository);
        await Store.CreateAsync(
            name,
            new RepositoryRecord
            {
                Settings = RepositorySettings.ImmutableExcept("sha256-*"),
                CreatedAt = TimeProvider.System.GetUtcNow(),
            },
            cancelled
        );
        if (change is not null)
        {
            await Store.ChangeAsync(name, change, cancelled);
        }
    }

    /// <summary>Deploys a service that runs an image.</summary>
    /// <param name="image">The reference.</param>
    /// <param name="role">The name of its execution role.</param>
    /// <param name="architecture">The processor architecture of its tasks.</param>
    public void Deploy(string image, string? role = null, string? architecture = null)
    {
        Aws.Stacks.Deploy(
            new StackPlan(
                "Shop",
                new Dictionary<string, ServicePlan>
                {
                    ["Web"] = RunningWorld.Service(image) with { Architecture = architecture },
                }
            )
        );
        foreach (var definition in Aws.Ecs.Definitions)
        {
            definition.ExecutionRole = role is null ? null : $"arn:aws:iam::{Account}:role/{role}";
        }
    }

    private async Task PutAsync(RepositoryName name, GeneratedImage image, Tag? tag)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var layout = Store.Open(name);
        foreach (var blob in image.Manifest.Document.Layers!.Append(image.Manifest.Document.Config!))
        {
            await layout.PutBlobAsync(
                new ReadableBlob(blob, token => image.Layout.OpenBlobAsync(blob, token)),
                null,
                cancelled
            );
        }

        await layout.PutManifestAsync(image.Manifest, tag, cancelled);
    }

    /// <summary>The checks of an account that is never called.</summary>
    public static IOpenChecks Checks(ExaminedMachine machine)
    {
        var connections = new RegistryConnections(_ => null, TimeProvider.System, new Random(1), null);
        return new OpenAccountChecks(
            machine,
            [RunningWorld.Environment],
            environment => new AwsSession(
                AwsSettings.For(environment, _ => null),
                connections.Http,
                connections.Schedule,
                []
            ),
            ProjectRegistries.OfEveryKind(null, connections, TimeProvider.System, false),
            connections
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        if (ecr is not null)
        {
            await ecr.DisposeAsync();
        }

        World.Dispose();
        Folder.Dispose();
    }
}
