using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Running;

/// <summary>
/// A project of two images whose environment <c>prod</c> is an account in the stand-in, read by the whole tool.
/// </summary>
internal sealed class StatusWorld : IAsyncDisposable
{
    private TestAwsServer? server;

    private StatusWorld() { }

    public RunningWorld World { get; } = new();

    public TestRepository Repository { get; private set; } = null!;

    /// <summary>The environment variables that make the tool talk to the stand-in, and to nothing else.</summary>
    public Dictionary<string, string> Variables => server!.Variables;

    public static async Task<StatusWorld> StartAsync()
    {
        var result = new StatusWorld { Repository = await TestRepository.CreateAsync() };
        result
            .Repository.Write(
                "lading.json",
                $$"""
                {
                  "project": "shop",
                  "images": { "web": { "context": "web" }, "worker": { "context": "worker" } },
                  "environments": { "prod": { "account": "{{RunningWorld.Account}}", "region": "{{RunningWorld.Region}}" } }
                }
                """
            )
            .Write("web/Dockerfile", "FROM scratch\nCOPY index.html /\n")
            .Write("web/index.html", "<h1>Shop</h1>\n")
            .Write("worker/Dockerfile", "FROM scratch\nCOPY w /\n")
            .Write("worker/w", "w\n");
        result.server = await TestAwsServer.StartAsync(result.World.Aws, RunningWorld.Region);
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        Repository.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        World.Dispose();
    }

    public Task<ToolRun> StatusAsync(params IReadOnlyList<string> options) =>
        ToolRun.InAsync(Repository.Folder, Variables, ["status", .. options]);

    public void Deploy(string web, string worker) => World.Aws.Stacks.Deploy(Plan(web, worker));

    /// <summary>The stack with these images.</summary>
    public static StackPlan Plan(string web, string worker) =>
        new(
            "Shop",
            new Dictionary<string, ServicePlan>
            {
                ["Web"] = RunningWorld.Service(web),
                ["Worker"] = new(1, new Dictionary<string, string> { ["worker"] = worker }),
            }
        );

    public void Hotswap(string service, string image)
    {
        var found = World.Aws.Ecs.Services.Single(each => each.Name == $"Shop-{service}");
        World.Aws.Ecs.Deploy(
            found,
            World.Aws.Ecs.Register(
                $"Shop{service}",
                new Dictionary<string, string> { [found.Definition.Images.Keys.Single()] = image }
            )
        );
        World.Aws.Ecs.Settle();
    }
}
