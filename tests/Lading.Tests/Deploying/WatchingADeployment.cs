using Lading.Leases;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Configuration;
using Lading.Tests.Running;

namespace Lading.Tests.Deploying;

/// <summary>How <c>lading deploy</c> reports what ECS does, while cdk runs and afterwards.</summary>
public sealed class WatchingADeployment : IAsyncLifetime
{
    private DeployWorld world = null!;
    private string first = "";
    private string second = "";

    public async ValueTask InitializeAsync()
    {
        world = await DeployWorld.StartAsync();
        first = world.Image("first");
        second = world.Image("second");
    }

    public ValueTask DisposeAsync() => world?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task It_ends_once_every_task_runs_what_was_deployed()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));

        var run = (await world.DeployAsync(RunningWorld.Shop(second))).Succeeded();

        Assert.Matches(@"Shop-Web +web +2 +2 +(sha256:\w{12}…) +\1 +● as pinned", run.Out);
        Assert.Matches("prod is up to date: Shop · ", run.Out);
        Assert.Contains("of 2 new tasks, 2 old", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--progress", Assert.Single(world.CdkCalls), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_deployment_of_a_stack_is_watched_too()
    {
        var run = (await world.DeployAsync(RunningWorld.Shop(first))).Succeeded();

        Assert.Contains("1 of 1 service in prod runs what is pinned", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failing_tasks_are_reported_while_cdk_waits_and_an_undone_update_fails()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first, hasBreaker: true));
        world.Aws.Ecs.SetFate(second, ImageFate.CannotBePulled);

        var run = await world.DeployAsync(RunningWorld.Shop(second, hasBreaker: true));

        run.Failed(FailureKind.CheckFailed);
        Assert.Contains(
            "warning: a task of Shop-Web stopped: CannotPullContainerError",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("stopped: CannotPullContainerError", run.Out, StringComparison.Ordinal);
        Assert.Contains("Shop is UPDATE_ROLLBACK_COMPLETE", run.Out, StringComparison.Ordinal);
        Assert.Contains("lading publish puts it there", run.Out, StringComparison.Ordinal);
        Assert.Contains("CloudFormation did not complete Shop in prod", run.Out, StringComparison.Ordinal);
        Assert.Null(world.Lease);
    }

    [Fact]
    public async Task As_JSON_it_has_the_outcome_of_the_services()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first, hasBreaker: true));
        world.Aws.Ecs.SetFate(second, ImageFate.Crashes);

        var run = await world.DeployAsync(RunningWorld.Shop(second, hasBreaker: true), "--output", "json");

        run.Failed(FailureKind.CheckFailed);
        using var json = run.Document();
        Assert.True(SchemaValidator.Of("deploy").IsValid(json.RootElement), run.Out);
        Assert.Equal("undone", json.RootElement.GetProperty("outcome").GetString());
        Assert.False(json.RootElement.GetProperty("deployed").GetBoolean());
        var watched = json.RootElement.GetProperty("verification");
        Assert.False(watched.GetProperty("holds").GetBoolean());
        Assert.Equal("Shop-Web", watched.GetProperty("services")[0].GetProperty("service").GetString());
    }

    [Fact]
    public async Task A_service_that_runs_something_else_once_cdk_ends_fails()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.OnDone = () =>
        {
            lock (world.Aws.Ecs)
            {
                var images = new Dictionary<string, string> { ["web"] = first };
                world.Aws.Ecs.Deploy(world.Aws.Ecs.Services.Single(), world.Aws.Ecs.Register("Other", images));
            }
        };

        var run = await world.DeployAsync(RunningWorld.Shop(second));

        run.Failed(FailureKind.CheckFailed);
        Assert.True(
            run.Out.Contains("✗ Shop-Web: it runs Other:1, its stack says ShopWeb:2", StringComparison.Ordinal),
            run.Out
        );
        Assert.Contains("not everything in prod runs what was deployed", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("up to date", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_of_cdk_before_it_starts_anything_is_reported()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.CdkFails = 4;

        var run = await world.DeployAsync(RunningWorld.Shop(second));

        run.Failed(FailureKind.Failed);
        Assert.Contains("'cdk deploy' ended with exit code 4", run.Error, StringComparison.Ordinal);
        Assert.Null(world.Lease);
    }

    [Fact]
    public async Task An_old_rollback_does_not_fail_a_service_that_runs_as_deployed()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first, hasBreaker: true));
        world.Aws.Ecs.SetFate(second, ImageFate.Crashes);
        Assert.Equal(
            "UPDATE_ROLLBACK_COMPLETE",
            world.Aws.Stacks.Deploy(RunningWorld.Shop(second, hasBreaker: true)).Status
        );
        // cdk finds no changes.
        world.CdkFails = 0;

        (await world.DeployAsync(RunningWorld.Shop(first, hasBreaker: true))).Succeeded();
    }

    [Theory]
    [InlineData("--no-verify")]
    [InlineData("-- --hotswap")]
    [InlineData("-- --method prepare-change-set")]
    [InlineData("--dry-run")]
    public async Task Watches_nothing_if_there_is_nothing_to_compare(string words)
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.Aws.EcsApi.Denied.Add("DescribeTasks");

        var run = (await world.DeployAsync(RunningWorld.Shop(second), words.Split(' '))).Succeeded();

        Assert.DoesNotContain("as pinned", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("new tasks", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_without_services_has_nothing_to_watch()
    {
        var tables = new StackPlan("Shop", new Dictionary<string, ServicePlan>());

        var run = (await world.DeployAsync(tables)).Succeeded();

        Assert.DoesNotContain("services", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Aws.Calls, call => call.StartsWith("ecs:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_that_may_not_be_read_fails_and_the_policy_is_named()
    {
        world.Aws.EcsApi.Denied.Add("DescribeTasks");

        var run = await world.DeployAsync(RunningWorld.Shop(first));

        run.Failed(FailureKind.CheckFailed);
        Assert.Contains("no access to ecs:DescribeTasks", run.Out, StringComparison.Ordinal);
        Assert.Contains("docs/iam.md", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_count_that_the_template_resets_is_reported_beforehand()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.Aws.Ecs.Services.Single().Desired = 6;
        world.Aws.Stacks.Advance(TimeSpan.FromMinutes(5));

        var changed = (await world.DeployAsync(RunningWorld.Shop(second))).Succeeded();
        world.Aws.Ecs.Services.Single().Desired = 6;
        world.Aws.Stacks.Advance(TimeSpan.FromMinutes(5));
        world.CdkFails = 0;
        var same = (await world.DeployAsync(RunningWorld.Shop(second))).Succeeded();

        Assert.Contains(
            "warning: CloudFormation will take Web from 6 tasks to 2, as its template says",
            changed.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("as its template says", same.Error, StringComparison.Ordinal);
    }
}
