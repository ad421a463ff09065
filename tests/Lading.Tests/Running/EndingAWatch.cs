using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.Tests.Running;

/// <summary>
/// Ctrl-C in verbs that watch, with a real process and a real signal: exit code 130, and a message about what goes on.
/// </summary>
public sealed class EndingAWatch : IAsyncLifetime
{
    private readonly RunningWorld world = new();
    private readonly TestFolder folder = new();
    private TestAwsServer? server;

    public async ValueTask InitializeAsync()
    {
        server = await TestAwsServer.StartAsync(world.Aws, RunningWorld.Region);
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        world.Aws.Stacks.Begin(RunningWorld.Shop(world.Image("shop/web", 'b')));
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
        world.Dispose();
    }

    [Theory]
    [InlineData("verify", "of 2 new tasks", "stopped watching; the deployment itself goes on in 222222222222")]
    [InlineData("status --watch", "deploying", "cancelled")]
    public async Task A_watch_ends_with_130_and_says_so(string words, string marker, string said)
    {
        var run = await InterruptedTool.RunAsync(
            folder.Path,
            server!.Variables,
            marker,
            [.. words.Split(' '), "--account", RunningWorld.Account, "--region", RunningWorld.Region]
        );

        Assert.True(run.ExitCode == 130, $"exit code {run.ExitCode}: {run.Out}{run.Error}");
        Assert.Contains(said, run.Out, StringComparison.Ordinal);
    }
}
