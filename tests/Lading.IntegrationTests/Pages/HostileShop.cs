using System.Text.Json;
using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;
using Lading.Testing.Cloud.Trail;

namespace Lading.IntegrationTests.Pages;

/// <summary>A project and its account, whose names are all hostile.</summary>
internal sealed class HostileShop : IAsyncDisposable
{
    public const string Account = "222222222222";
    public const string Region = "eu-central-1";

    /// <summary>The first line of a commit's message.</summary>
    public const string Subject = "</script><img src=x onerror=\"alert('subject')\"> & <b>Faster</b> search";

    /// <summary>A container whose name reverses the direction of text.</summary>
    public const string Container = "<svg onload=alert('container')>\u202egnp.exe";

    /// <summary>A service whose name is as long as ECS allows.</summary>
    public static string Service { get; } = $"Shop-{new string('W', 250)}";

    private readonly TestRepository repository;
    private readonly TestAws aws;
    private readonly TestAwsServer server;

    private HostileShop(TestRepository repository, TestAws aws, TestAwsServer server)
    {
        this.repository = repository;
        this.aws = aws;
        this.server = server;
    }

    /// <summary>The page, once it is written.</summary>
    public Uri Page => new(Path.Combine(repository.Folder, "status.html"));

    public static async Task<HostileShop> CreateAsync()
    {
        var repository = await TestRepository.CreateAsync();
        repository.Write(
            "lading.json",
            $$"""
            {
              "project": "shop",
              "images": { "web": { "context": "web" }, "worker": { "context": "worker" } },
              "environments": {
                "dev": { "account": "111111111111", "region": "{{Region}}" },
                "prod": { "account": "{{Account}}", "region": "{{Region}}" }
              }
            }
            """
        );
        repository.Write("web/Dockerfile", "FROM scratch\nCOPY index.html /\n").Write("web/index.html", "<h1>1</h1>\n");
        repository.Write("worker/Dockerfile", "FROM scratch\nCOPY w /\n").Write("worker/w", "w\n");
        var first = await repository.CommitAsync(Subject);
        repository.Write("web/index.html", "<h1>2</h1>\n");
        var second = await repository.CommitAsync("Cache carts in Redis");
        repository.Write("web/index.html", "<h1>3</h1>\n");
        await repository.CommitAsync("Show a sale");
        (
            await ToolRun.InAsync(repository.Folder, ["pin", $"worker@{first}", "--reason", "<i>slow</i> since carts"])
        ).Succeeded();
        await repository.CommitAsync("Go back to the old worker");

        var aws = new TestAws(Account, Region, TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(3));
        var shop = new HostileShop(repository, aws, await TestAwsServer.StartAsync(aws, Region));
        await shop.FillAsync(first, second);
        return shop;
    }

    /// <summary>Writes the page.</summary>
    public async Task<ToolRun> WriteAsync() =>
        (await ToolRun.InAsync(repository.Folder, server.Variables, ["status", "--html", "status.html"])).Succeeded();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        aws.Dispose();
        repository.Dispose();
    }

    private async Task FillAsync(string first, string second)
    {
        var worker = Image("shop/worker", 'b', first);
        aws.Images[("shop/worker", Digest('b'))].Add(await ToolRun.TagAsync(repository.Folder, "worker"));
        Deploy(Image("shop/web", 'a', first), worker, "alice");
        Deploy(Image("shop/web", 'c', second), worker, "<u>mallory</u>");
        aws.Ecs.SetFate(Image("shop/web", 'd', second), ImageFate.CannotBePulled);
        Deploy(Image("shop/web", 'd', second), worker, "bob");

        var service = aws.Ecs.Services.Find(each => each.Name == "Shop-Worker")!;
        aws.Ecs.Deploy(service, aws.Ecs.Register("ShopWorker", Only("worker", Image("shop/worker", 'e', second))));
        aws.Ecs.Create("main", "<em>stray</em>", aws.Ecs.Register("stray", Only("stray", Image("shop/stray", 'f'))), 1);
        aws.Ecs.Settle();
        aws.EcsApi.Denied.Add("DescribeServiceRevisions");
    }

    private void Deploy(string web, string worker, string who)
    {
        aws.Trail.Events.Add(new TrailEvent(aws.Ecs.Now, "ExecuteChangeSet", "Shop", who));
        aws.Stacks.Deploy(
            new StackPlan(
                "Shop",
                new Dictionary<string, ServicePlan>(StringComparer.Ordinal)
                {
                    ["Web"] = new(3, Only("web", web)) { HasBreaker = true },
                    ["Worker"] = new(2, Only("worker", worker)),
                    [Service["Shop-".Length..]] = new(1, Only(Container, Image("shop/odd", '9'))),
                }
            )
        );
        aws.Stacks.Advance(TimeSpan.FromHours(19));
    }

    private string Image(string repositoryName, char letter, string? revision = null)
    {
        aws.Images.TryAdd((repositoryName, Digest(letter)), revision is null ? [] : [$"git-{revision}"]);
        return $"{aws.Host}/{repositoryName}@{Digest(letter)}";
    }

    private static string Digest(char letter) => $"sha256:{new string(letter, 64)}";

    private static Dictionary<string, string> Only(string container, string image) =>
        new(StringComparer.Ordinal) { [container] = image };
}
