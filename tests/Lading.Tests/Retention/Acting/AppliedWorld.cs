using Lading.Locks;
using Lading.Oci;
using Lading.Retention.Local;
using Lading.Server;
using Lading.Testing;
using Lading.Tests.Configuration;
using Lading.Tests.Rollbacks;
using Lading.Tests.Running;

namespace Lading.Tests.Retention.Acting;

/// <summary>
/// A shop whose registry is cleaned up by the whole tool: ECR is the embedded registry, the rest of AWS are stand-ins
/// on one clock.
/// </summary>
internal sealed class AppliedWorld : IAsyncDisposable
{
    private readonly TestRegistry registry;

    private AppliedWorld(RollbackWorld world, TestRegistry registry, TestRepository git)
    {
        World = world;
        this.registry = registry;
        Git = git;
    }

    public RollbackWorld World { get; }

    public TestRepository Git { get; }

    /// <param name="retention">The value of <c>retention</c> in <c>lading.json</c>.</param>
    public static async Task<AppliedWorld> StartAsync(string retention = "{}")
    {
        var world = await RollbackWorld.StartAsync();
        var registry = await TestRegistry.StartAsync(
            new RegistryServerOptions { Account = RunningWorld.Account, Region = RunningWorld.Region }
        );
        world.Variables["AWS_ENDPOINT_URL_ECR"] = registry.Address.ToString();
        var git = await TestRepository.CreateAsync();
        git.Write(".gitignore", ".lading/\n*.html\n")
            .Write(
                "lading.json",
                $$"""
                {
                  "project": "shop",
                  "images": { "web": { "assemble": { "sources": ["page"], "base": "scratch", "copy": { "page": "/page" } } } },
                  "environments": { "prod": { "account": "{{RunningWorld.Account}}", "region": "{{RunningWorld.Region}}" } },
                  "retention": {{retention}}
                }
                """
            );
        return new AppliedWorld(world, registry, git);
    }

    /// <summary>The schema of the JSON that <c>prune --apply</c> writes.</summary>
    public static SchemaValidator Schema { get; } = SchemaValidator.Of("pruned");

    /// <summary>Commits a page, and publishes its image.</summary>
    public async Task<Digest> PublishAsync(string page)
    {
        Git.Write("page", page);
        await Git.CommitAsync(page);
        (await RunAsync("publish")).Succeeded();
        return LockFile.Read(Path.Combine(Git.Folder, ".lading", "prod.lock.json")).Images["web"].Digest;
    }

    /// <summary>Publishes two images, the first of which nothing needs, and lets 60 days pass.</summary>
    public async Task<Digest> PublishUnusedAsync()
    {
        var unused = await PublishAsync("first");
        await PublishAsync("second");
        Pass(60);
        return unused;
    }

    public void Pass(int days) => World.Aws.Stacks.Advance(TimeSpan.FromDays(days));

    /// <summary>The digests in the registry, with their tags.</summary>
    public async Task<Dictionary<Digest, IReadOnlyList<string>>> StoredAsync() =>
        Assert
            .Single(await new StoreFacts(registry.Store, _ => true).ReadAsync(TestContext.Current.CancellationToken))
            .Images.ToDictionary(image => image.Digest, image => image.Tags);

    /// <summary>Puts today's mark of an image on another image; the tag is immutable, so it stays there.</summary>
    public async Task TakeMarkAsync(Digest digest)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var repository = registry.Store.Open(EmbeddedShop.Web);
        var other = (await StoredAsync()).First(image => image.Key != digest && image.Value.Count > 0).Key;
        var mark = DeletionMark.ExpiredOn(UtcDay.Of(World.Aws.Ecs.Now), digest);
        await repository.PutManifestAsync(
            (await repository.FindManifestContentAsync(other, cancellationToken))!,
            mark.Tag,
            cancellationToken
        );
    }

    public Task<ToolRun> ApplyAsync(params IReadOnlyList<string> arguments) =>
        RunAsync(["prune", "--apply", .. arguments]);

    /// <summary>Runs <c>prune --apply</c> on a terminal where somebody types an answer.</summary>
    public Task<ToolRun> AnsweringAsync(string answer, params IReadOnlyList<string> arguments) =>
        World.AnsweringToolAsync(answer, [.. Of("prune", "--apply"), .. arguments]);

    public Task<ToolRun> RunAsync(params IReadOnlyList<string> arguments) => World.ToolAsync(Of([.. arguments]));

    public async ValueTask DisposeAsync()
    {
        Git.Dispose();
        await registry.DisposeAsync();
        await World.DisposeAsync();
    }

    private IReadOnlyList<string> Of(params IReadOnlyList<string> arguments) =>
        ["--directory", Git.Folder, "--env", "prod", .. arguments];
}
