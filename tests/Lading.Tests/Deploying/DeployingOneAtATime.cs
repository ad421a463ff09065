using Lading.Leases;
using Lading.Testing;
using Lading.Testing.Cloud.Trail;
using Lading.Tests.Running;

namespace Lading.Tests.Deploying;

/// <summary>Two deployments of one stack: the second is refused and starts nothing.</summary>
public sealed class DeployingOneAtATime : IAsyncLifetime
{
    private DeployWorld world = null!;
    private string first = "";
    private string second = "";

    public async ValueTask InitializeAsync()
    {
        world = await DeployWorld.StartAsync();
        first = world.Image("first");
        second = world.Image("second");
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
    }

    public ValueTask DisposeAsync() => world?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task The_stack_is_held_while_cdk_runs_and_released_afterwards()
    {
        var during = "";
        world.OnCdk = () => during = world.Lease ?? "";

        (await world.DeployAsync(RunningWorld.Shop(second))).Succeeded();

        Assert.Equal("lading deploy", Lease.Find(during)!.Activity);
        Assert.Null(world.Lease);
    }

    [Fact]
    public async Task Leaves_alone_a_stack_that_somebody_else_holds()
    {
        Hold("carol", TimeSpan.FromMinutes(7));

        var run = await world.DeployAsync(RunningWorld.Shop(second));

        run.Failed(FailureKind.CheckFailed);
        Assert.Contains(
            "Could not deploy to prod: carol has been working on Shop since",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("--steal", run.Error, StringComparison.Ordinal);
        Assert.Empty(world.CdkCalls);
        Assert.Equal("carol", Lease.Find(world.Lease!)!.Holder);
    }

    [Fact]
    public async Task A_stack_that_is_taken_over_is_deployed()
    {
        Hold("carol", TimeSpan.FromMinutes(7));

        var run = (await world.DeployAsync(RunningWorld.Shop(second), "--steal")).Succeeded();

        Assert.Contains("took Shop over from carol", run.Error, StringComparison.Ordinal);
        Assert.Null(world.Lease);
    }

    [Theory]
    [InlineData(true, "carol has been working on Shop since ")]
    [InlineData(false, "CloudFormation has been working on Shop since ")]
    public async Task Leaves_alone_a_stack_that_CloudFormation_is_updating(bool isTold, string said)
    {
        world.Aws.Trail.IsDenied = !isTold;
        world.Aws.Trail.Events.Add(new TrailEvent(world.Aws.Ecs.Now, "ExecuteChangeSet", "Shop", "carol"));
        world.Aws.Stacks.Begin(RunningWorld.Shop(second));

        var run = await world.DeployAsync(RunningWorld.Shop(second), "--steal");

        run.Failed(FailureKind.CheckFailed);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Contains("(UPDATE_IN_PROGRESS)", run.Error, StringComparison.Ordinal);
        Assert.Contains("lading rollback", run.Error, StringComparison.Ordinal);
        Assert.Empty(world.CdkCalls);
        Assert.Null(world.Lease);
    }

    [Fact]
    public async Task Without_permission_for_leases_it_is_deployed_with_a_note()
    {
        world.Aws.StacksApi.Denied.Add("PutParameter");

        var run = (await world.DeployAsync(RunningWorld.Shop(second))).Succeeded();

        Assert.Contains("note: these stacks are not locked meanwhile", run.Error, StringComparison.Ordinal);
    }

    private void Hold(string who, TimeSpan length) =>
        world.Aws.Stacks.Parameters["/lading/Shop/lease"] = [
            (
                new Lease("1", who, "lading deploy", world.Aws.Ecs.Now, world.Aws.Ecs.Now + length).ToJson(),
                world.Aws.Ecs.Now
            ),
        ];
}
