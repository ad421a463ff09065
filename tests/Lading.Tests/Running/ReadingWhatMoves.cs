using System.Text.Json.Nodes;
using Lading.Running;
using Lading.Testing.Cloud.Ecs;

namespace Lading.Tests.Running;

/// <summary>
/// Things change while they are read, answers lag, and some are incomplete: none of that is taken for a fact.
/// </summary>
public sealed class ReadingWhatMoves : IDisposable
{
    private readonly RunningWorld world = new();

    private EcsService Service => world.Aws.Ecs.Services.Single();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task An_update_that_ends_while_status_reads_is_not_a_hotswap()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        world.Aws.Stacks.Advance(TimeSpan.FromMinutes(1));
        world.Aws.EcsApi.Change = (operation, _) =>
        {
            if (operation == "ListServices")
            {
                world.Aws.EcsApi.Change = null;
                world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'b')));
            }
        };

        var during = await world.OnlyAsync();
        var after = await world.OnlyAsync();

        Assert.Equal(
            (RunningState.Deploying, "its stack was changed while this was read: look again"),
            (during.State, during.Reason)
        );
        Assert.Equal(RunningState.Running, after.State);
    }

    [Fact]
    public async Task Stale_answers_never_make_an_update_look_done()
    {
        world.Aws.Late.By = TimeSpan.FromSeconds(30);
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        Assert.Equal(RunningState.Running, (await world.OnlyAsync()).State);
        world.Aws.Stacks.Begin(RunningWorld.Shop(world.Image("shop/web", 'b')));

        for (var spent = 0; spent < 24; spent++)
        {
            world.Aws.Stacks.Advance(TestEcs.Step);
            var web = await world.OnlyAsync();
            var isDone = Service.IsStable && !world.Aws.Stacks["Shop"].IsInProgress;

            Assert.True(isDone || web.State == RunningState.Deploying, $"{spent}: {web.State}, {web.Reason}");
            Assert.NotEqual(RunningState.Drifted, web.State);
        }

        world.Aws.Stacks.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RunningState.Running, (await world.OnlyAsync()).State);
    }

    [Fact]
    public async Task The_newer_of_two_concurrent_deployments_counts()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        Swap('b');
        world.Aws.Ecs.Advance(TimeSpan.FromSeconds(25));
        Swap('c');
        world.Aws.Ecs.Advance(TestEcs.Step);

        var status = await world.StatusAsync();
        var web = Assert.Single(status.Containers);

        Assert.Equal(RunningState.Hotswapped, web.State);
        Assert.Equal(
            "it runs ShopWeb:3, its stack says ShopWeb:1; a deployment that its stack knows nothing of is under way",
            web.Reason
        );
        Assert.Equal(["PRIMARY", "ACTIVE"], status.Evidence.Services.Single().Rollouts.Select(each => each.Status));
    }

    [Theory]
    [InlineData("DescribeServiceRevisions", "serviceRevisions")]
    [InlineData("DescribeServiceDeployments", "serviceDeployments")]
    [InlineData("DescribeTasks", "tasks")]
    [InlineData("DescribeServices", "services")]
    public async Task A_failure_for_one_name_is_reported_and_not_dropped(string operation, string list)
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        Swap('b');
        world.Aws.Ecs.Settle();
        world.Aws.EcsApi.Change = (asked, answer) =>
        {
            if (asked == operation)
            {
                answer[list] = new JsonArray();
                answer["failures"] = new JsonArray(
                    new JsonObject
                    {
                        ["arn"] = Service.Arn,
                        ["reason"] = "INTERNAL",
                        ["detail"] = "try later",
                    }
                );
            }
        };

        var status = await world.StatusAsync();

        Assert.Contains(
            status.Evidence.Unread,
            fact =>
                fact.Source.Action == $"ecs:{operation}"
                && fact.Reason == $"ecs:{operation}: INTERNAL of Shop-Web (try later)"
        );
        Assert.False(status.Holds);
        Assert.DoesNotContain(status.Containers, container => container.State == RunningState.Running);
    }

    private void Swap(char letter) =>
        world.Aws.Ecs.Deploy(
            Service,
            world.Aws.Ecs.Register(
                "ShopWeb",
                new Dictionary<string, string>(StringComparer.Ordinal) { ["web"] = world.Image("shop/web", letter) }
            )
        );
}
