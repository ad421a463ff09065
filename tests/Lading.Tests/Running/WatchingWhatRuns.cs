using System.Text;
using Lading.Cli;
using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.Tests.Running;

/// <summary><c>lading status --watch</c>: the whole tool, on a clock that the test controls.</summary>
public sealed class WatchingWhatRuns : IAsyncLifetime
{
    private const string Clear = "\u001b[H\u001b[2J";

    private readonly ManualTime time = new();
    private ToolWorld tool = null!;

    private RunningWorld World => tool.World;

    public async ValueTask InitializeAsync() => tool = await ToolWorld.StartAsync();

    public ValueTask DisposeAsync() => tool.DisposeAsync();

    [Fact]
    public async Task A_terminal_is_redrawn_in_place_until_Ctrl_C()
    {
        var (exitCode, screens) = await WatchAsync(isTerminal: true);

        Assert.Equal(130, exitCode);
        Assert.StartsWith(Clear, screens, StringComparison.Ordinal);
        var drawn = screens.Split(Clear, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, drawn.Length);
        Assert.Contains("2/2", drawn[0], StringComparison.Ordinal);
        Assert.DoesNotContain("hotswapped", drawn[0], StringComparison.Ordinal);
        Assert.Contains("hotswapped", drawn[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Elsewhere_the_screens_follow_one_another_without_escape_codes()
    {
        var (exitCode, screens) = await WatchAsync(isTerminal: false);

        Assert.Equal(130, exitCode);
        Assert.DoesNotContain('\u001b', screens);
        Assert.Equal(2, screens.Split("2/2").Length - 1);
        Assert.Contains("\n\n", screens.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    /// <summary>Watches while somebody hotswaps the service: two screens, then Ctrl-C.</summary>
    private async Task<(int ExitCode, string Screens)> WatchAsync(bool isTerminal)
    {
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'a')));
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var output = new Screens();
        var host = new Host
        {
            Out = output,
            Error = TextWriter.Null,
            In = TextReader.Null,
            Environment = tool.Variables,
            WorkingDirectory = tool.Folder,
            OutIsTerminal = isTerminal,
            Width = isTerminal ? 100 : 0,
            Time = time,
        };
        var watching = new Application(host).RunAsync(
            ["status", "--watch", "--account", RunningWorld.Account, "--region", RunningWorld.Region],
            interrupt.Token
        );
        await UntilAsync(() => Drawn() == 1);
        lock (World.Aws.Ecs)
        {
            World.Aws.Ecs.Deploy(
                World.Aws.Ecs.Services.Single(),
                World.Aws.Ecs.Register(
                    "ShopWeb",
                    new Dictionary<string, string> { ["web"] = World.Image("shop/web", 'b') }
                )
            );
            World.Aws.Ecs.Settle();
        }

        await UntilAsync(() => Drawn() == 2, everyLook: () => time.Advance(TimeSpan.FromSeconds(5)));
        await interrupt.CancelAsync();
        return (await watching, output.ToString());

        int Drawn() => output.ToString().Split("2/2").Length - 1;
    }

    /// <summary>Calls <paramref name="everyLook"/> every second, and checks the condition more often.</summary>
    private static async Task UntilAsync(Func<bool> holds, Action? everyLook = null)
    {
        for (var i = 0; i < 6000 && !holds(); i++)
        {
            if (i % 200 == 0)
            {
                everyLook?.Invoke();
            }

            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.True(holds());
    }

    /// <summary>The output so far, which can be read while more is written.</summary>
    private sealed class Screens : TextWriter
    {
        private readonly Lock gate = new();
        private readonly StringBuilder text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (gate)
            {
                text.Append(value);
            }
        }

        public override string ToString()
        {
            lock (gate)
            {
                return text.ToString();
            }
        }
    }
}
