using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.Tests.Running;

/// <summary>An account read by the whole tool, from a folder without any of Lading's files.</summary>
internal sealed class ToolWorld : IAsyncDisposable
{
    private readonly TestFolder folder = new();
    private TestAwsServer? server;

    private ToolWorld() { }

    public RunningWorld World { get; } = new();

    public string Folder => folder.Path;

    /// <summary>The environment variables that make the tool talk to the account, and to nothing else.</summary>
    public Dictionary<string, string> Variables => server!.Variables;

    public static async Task<ToolWorld> StartAsync()
    {
        var tool = new ToolWorld();
        tool.server = await TestAwsServer.StartAsync(tool.World.Aws, RunningWorld.Region);
        return tool;
    }

    /// <summary>Adds the account in another region.</summary>
    public TestAws AddRegion(string region)
    {
        var other = new TestAws(RunningWorld.Account, region, World.Aws.Ecs.Now);
        server!.Add(region, other);
        return other;
    }

    /// <summary>Runs a verb with the account and region as options.</summary>
    public Task<ToolRun> RunAsync(params IReadOnlyList<string> arguments) =>
        ToolRun.InAsync(
            Folder,
            Variables,
            [.. arguments, "--account", RunningWorld.Account, "--region", RunningWorld.Region]
        );

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
        World.Dispose();
    }
}
