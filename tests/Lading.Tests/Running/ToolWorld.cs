using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.Tests.Running;

/// <summary>An account that the whole tool is asked about, from a folder that has nothing of Lading.</summary>
internal sealed class ToolWorld : IAsyncDisposable
{
    private readonly TestFolder folder = new();
    private TestAwsServer? server;

    private ToolWorld() { }

    public RunningWorld World { get; } = new();

    public string Folder => folder.Path;

    /// <summary>Variables by which the tool speaks to it and to nothing else.</summary>
    public Dictionary<string, string> Variables => server!.Variables;

    public static async Task<ToolWorld> StartAsync()
    {
        var tool = new ToolWorld();
        tool.server = await TestAwsServer.StartAsync(tool.World.Aws, RunningWorld.Region);
        return tool;
    }

    /// <summary>The account in another region.</summary>
    public TestAws AddRegion(string region)
    {
        var other = new TestAws(RunningWorld.Account, region, World.Aws.Ecs.Now);
        server!.Add(region, other);
        return other;
    }

    /// <summary>Runs a verb for the account and region.</summary>
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
