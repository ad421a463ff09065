using System.Text.RegularExpressions;
using Lading.Testing.Cloud.Ecs;

namespace Lading.Tests.Running;

/// <summary>
/// Rollback accepts whatever history prints of a release: its number or id, its time, a commit, a digest.
/// </summary>
public sealed partial class NamingWhatHistoryPrints : IAsyncLifetime
{
    private HistoryWorld world = null!;

    public async ValueTask InitializeAsync() => world = await HistoryWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Everything_in_a_line_names_its_release()
    {
        var bad = world.Image('c');
        Deploy(world.Image('a'));
        Deploy(world.Image('b'));
        world.Aws.Ecs.SetFate(bad, ImageFate.Crashes);
        Deploy(bad);
        world.Aws.Ecs.Deploy(
            world.Service,
            world.Aws.Ecs.Register("ShopWeb", new Dictionary<string, string> { ["web"] = world.Image('d') })
        );
        world.Aws.Ecs.Settle();
        Deploy(world.Image('e'));
        var lines = (await world.RunAsync("history", "Shop"))
            .Succeeded()
            .Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);

        foreach (var line in lines)
        {
            var match = Line().Match(line);
            Assert.True(match.Success, line);
            var version = match.Groups["version"].Value;
            var isRelease = line.Contains('●', StringComparison.Ordinal) && version != "3";
            foreach (
                var said in new[] { $"#{version}", version, match.Groups["when"].Value, match.Groups["digest"].Value }
            )
            {
                var run = await world.RunAsync("rollback", "Shop", "--to", said, "--dry-run");

                if (isRelease)
                {
                    Assert.Matches($@"going back to +#{version} ", run.Out);
                }
                else if (said.EndsWith(version, StringComparison.Ordinal))
                {
                    Assert.Contains(
                        version == "3" ? "#3 is the current release" : $"#{version} never became a release",
                        run.Error,
                        StringComparison.Ordinal
                    );
                }
            }
        }
    }

    private void Deploy(string image)
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(image, hasBreaker: true));
        world.Aws.Stacks.Advance(TimeSpan.FromHours(1));
    }

    [GeneratedRegex(
        @"^ *#(?<version>\S+) +(?<when>\S+ \S+Z) +\S +web (?<digest>[0-9a-f]+) ",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Line();
}
