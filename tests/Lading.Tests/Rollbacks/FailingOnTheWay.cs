using Lading.Testing.Cloud.Ecs;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>
/// A rollback that fails at one of its steps leaves the stack as CloudFormation leaves it, reads it back, and reports
/// that.
/// </summary>
public sealed class FailingOnTheWay : IAsyncLifetime
{
    private RollbackWorld world = null!;
    private string good = "";
    private string bad = "";

    public async ValueTask InitializeAsync()
    {
        world = await RollbackWorld.StartAsync();
        (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(RunningWorld.Shop(good, hasBreaker: true));
        world.Deploy(RunningWorld.Shop(bad, hasBreaker: true));
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("CreateChangeSet", "Could not create a change set for Shop")]
    [InlineData("DescribeChangeSet", "Could not look at the change set")]
    [InlineData("ExecuteChangeSet", "Could not execute the change set")]
    public async Task A_refused_step_before_the_update_changes_nothing(string operation, string said)
    {
        world.Aws.StacksApi.Denied.Add(operation);

        var run = (await world.RollbackAsync()).Failed(FailureKind.Failed);

        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Equal(bad, world.Running);
        Assert.Equal("UPDATE_COMPLETE", world.Aws.Stacks["Shop"].Status);
        Assert.All(world.Aws.StacksApi.ChangeSets.Sets, set => Assert.True(set.IsDeleted));
    }

    [Fact]
    public async Task A_change_set_that_cannot_be_deleted_does_not_hide_the_reason()
    {
        world.Aws.StacksApi.ChangeSets.FailsToMake = "Template error";
        world.Aws.StacksApi.Denied.Add("DeleteChangeSet");

        var run = (await world.RollbackAsync()).Failed(FailureKind.Failed);

        Assert.Contains("could not make the change set: Template error", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_update_is_read_back_and_the_stack_is_as_it_was_before()
    {
        world.Aws.Ecs.SetFate(good, ImageFate.Crashes);

        var run = (await world.RollbackAsync()).Failed(FailureKind.Failed);
        using var json = (await world.RollbackAsync("--output", "json")).Failed(FailureKind.Failed).Document();

        Assert.Contains("CloudFormation rolled back to what ran before, #2, after ", run.Out, StringComparison.Ordinal);
        Assert.Contains("Read back, it names the images of before.", run.Out, StringComparison.Ordinal);
        Assert.Equal("undone", json.RootElement.GetProperty("state").GetString());
        Assert.True(json.RootElement.GetProperty("asBefore").GetBoolean());
        Assert.Equal(bad, world.Running);
    }

    [Fact]
    public async Task A_rollback_that_fails_is_reported_with_the_command_that_continues_it()
    {
        world.Aws.StacksApi.ChangeSets.BeforeExecution = () => world.Aws.Stacks.FailsToTakeBack = true;
        world.Aws.Ecs.SetFate(good, ImageFate.Crashes);

        var run = (await world.RollbackAsync()).Failed(FailureKind.Failed);

        Assert.Contains("Shop is UPDATE_ROLLBACK_FAILED", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            $"aws cloudformation continue-update-rollback --stack-name Shop --region {RunningWorld.Region}",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("Read back, ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_undone_update_is_reported_with_its_first_failure()
    {
        world.Aws.Ecs.SetFate(good, ImageFate.Crashes);

        var run = (await world.RollbackAsync()).Failed(FailureKind.Failed);

        Assert.Matches(
            @"rolled back to what ran before, #2, after [^:]*: Web: .*Circuit Breaker was triggered",
            run.Out
        );
    }

    [Fact]
    public async Task Status_reports_a_stack_that_accepts_no_update_with_the_way_out()
    {
        world.Aws.Stacks["Shop"].Status = "UPDATE_ROLLBACK_FAILED";

        var run = (
            await world.ToolAsync("status", "--account", RunningWorld.Account, "--region", RunningWorld.Region)
        ).Succeeded();

        Assert.Contains("222222222222  Shop is UPDATE_ROLLBACK_FAILED. ", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            $"aws cloudformation continue-update-rollback --stack-name Shop --region {RunningWorld.Region}",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_finished_update_whose_tasks_do_not_run_it_is_a_failure()
    {
        // Without a circuit breaker, CloudFormation would wait for hours; here somebody deploys by hand once it has
        // finished.
        world.Aws.StacksApi.ChangeSets.BeforeExecution = () =>
            world.Aws.Stacks.WhenDone = () =>
                world.Aws.Ecs.Deploy(
                    world.Aws.Ecs.Services.Single(),
                    world.Aws.Ecs.Register("ShopWeb", new Dictionary<string, string> { ["web"] = bad })
                );

        var run = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);

        Assert.Contains("The stack is on #1, and that does not run after ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_that_still_names_the_previous_image_is_a_failure()
    {
        var text = world.Aws.Stacks["Shop"].Text;
        world.Aws.StacksApi.ChangeSets.BeforeExecution = () => world.Aws.Stacks.WhenDone = () => world.Replace(text);

        var run = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);

        Assert.Contains("the stack does not name sha256:", run.Out, StringComparison.Ordinal);
        Assert.Contains("for WebTask/web after all", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Back on", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_that_can_no_longer_be_watched_goes_on()
    {
        world.Aws.StacksApi.ChangeSets.BeforeExecution = () => world.Aws.StacksApi.Denied.Add("DescribeStackEvents");

        var run = (await world.RollbackAsync()).Failed(FailureKind.Failed);

        Assert.Contains(
            "No longer watching. CloudFormation continues with Shop: lading status --watch --account 222222222222",
            run.Error,
            StringComparison.Ordinal
        );
        world.Aws.Stacks.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(good, world.Running);
    }

    [Fact]
    public async Task The_end_of_the_watch_is_reported_before_the_lease_is_released()
    {
        var before = "";
        world.Aws.StacksApi.ChangeSets.BeforeExecution = () => world.Aws.StacksApi.Denied.Add("DescribeStackEvents");
        world.Aws.StacksApi.Parameters.BeforeDeletion = () => before = world.Narrated;

        (await world.RollbackAsync()).Failed(FailureKind.Failed);

        Assert.Contains("No longer watching. CloudFormation continues with Shop", before, StringComparison.Ordinal);
    }
}
