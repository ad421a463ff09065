using System.Text.RegularExpressions;
using Lading.Leases;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>
/// Rollbacks while something is under way or was left half done: each state has a message and a way out.
/// </summary>
public sealed class GoingBackInBetween : IAsyncLifetime
{
    /// <summary>The options with which a printed AWS CLI command reaches the account from any shell.</summary>
    private const string There = " --region " + RunningWorld.Region;

    /// <summary>The same for Lading's own commands.</summary>
    private const string Of = " --account " + RunningWorld.Account + There;

    private RollbackWorld world = null!;

    public async ValueTask InitializeAsync() => world = await RollbackWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_deployment_that_began_from_a_revision_is_stopped_after_the_update_is_cancelled()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good);
        world.Aws.Stacks.Begin(RunningWorld.Shop(bad));

        var run = (await world.RollbackAsync("Shop")).Succeeded();

        Assert.Contains(
            "stopping the deployment of Shop-Web: ECS rolls back at once",
            run.Error,
            StringComparison.Ordinal
        );
        var calls = world.Aws.Calls.ToList();
        var cancelled = calls.IndexOf("cloudformation:CancelUpdateStack");
        Assert.InRange(cancelled, 0, calls.IndexOf("ecs:StopServiceDeployment") - 1);
        Assert.Contains("Cancelled: what ran before runs again, #1", run.Out, StringComparison.Ordinal);
        Assert.Equal(good, world.Running);
    }

    [Fact]
    public async Task A_deployment_that_cannot_be_stopped_goes_back_with_the_stack()
    {
        var good = world.Image("good");
        world.Deploy(good);
        world.Aws.Stacks.Begin(RunningWorld.Shop(world.Image("bad")));
        world.Aws.EcsApi.Denied.Add("StopServiceDeployment");

        var run = (await world.RollbackAsync("Shop")).Succeeded();

        Assert.Contains("the deployment of Shop-Web goes back with the stack (", run.Error, StringComparison.Ordinal);
        Assert.Equal(good, world.Running);
    }

    [Fact]
    public async Task An_update_that_ended_before_it_could_be_cancelled_is_reported()
    {
        var bad = world.Image("bad");
        world.Deploy(world.Image("good"));
        world.Aws.Stacks.Begin(RunningWorld.Shop(bad));
        world.Aws.StacksApi.ChangeSets.BeforeCancellation = () => world.Aws.Stacks.Advance(TimeSpan.FromHours(1));

        var run = (await world.RollbackAsync("Shop")).Failed(FailureKind.Failed);

        Assert.Contains("The update was done before it could be cancelled", run.Out, StringComparison.Ordinal);
        Assert.Equal(bad, world.Running);
    }

    [Fact]
    public async Task A_rollback_that_CloudFormation_began_by_itself_is_not_stopped()
    {
        var good = world.Image("good");
        world.Deploy(good);
        world.Aws.Stacks.Begin(RunningWorld.Shop(world.Image("bad")));

        await world.AgreeingAfterAsync(
            () =>
            {
                world.Aws.Stacks.Cancel(world.Aws.Stacks["Shop"]);
                world.Aws.Stacks.Advance(TestEcs.Step);
            },
            "Shop"
        );

        Assert.DoesNotContain("ecs:StopServiceDeployment", world.Aws.Calls);
        Assert.Equal(good, world.Running);
    }

    [Fact]
    public async Task A_stack_that_somebody_updates_before_the_yes_is_left_alone()
    {
        var newer = world.Image("newer");
        world.Deploy(world.Image("good"), world.Image("bad"));

        var run = (await world.AgreeingAfterAsync(() => world.Deploy(newer))).Failed(FailureKind.CheckFailed);

        Assert.Contains("somebody updated it meanwhile", run.Error, StringComparison.Ordinal);
        Assert.Empty(world.Aws.StacksApi.ChangeSets.Requests);
        Assert.Equal(newer, world.Running);
    }

    [Fact]
    public async Task Only_the_update_that_was_shown_is_cancelled()
    {
        world.Deploy(world.Image("good"));
        world.Aws.Stacks.Begin(RunningWorld.Shop(world.Image("bad")));

        var run = (
            await world.AgreeingAfterAsync(() =>
            {
                world.Aws.Stacks.Advance(TimeSpan.FromHours(1));
                world.Aws.Stacks.Begin(RunningWorld.Shop(world.Image("newer")));
            })
        ).Failed(FailureKind.CheckFailed);

        Assert.Contains("somebody updated it meanwhile", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("cloudformation:CancelUpdateStack", world.Aws.Calls);
    }

    [Theory]
    [InlineData("UPDATE_ROLLBACK_FAILED", "aws cloudformation continue-update-rollback --stack-name Shop" + There)]
    [InlineData("UPDATE_FAILED", "aws cloudformation rollback-stack --stack-name Shop" + There)]
    [InlineData("UPDATE_ROLLBACK_IN_PROGRESS", "Wait for its end: lading status --watch" + Of)]
    [InlineData("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "Run this again in a few minutes")]
    [InlineData("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "Run this again in a few minutes")]
    [InlineData("REVIEW_IN_PROGRESS", "Deploy it with lading deploy")]
    [InlineData("CREATE_IN_PROGRESS", "There is nothing to go back to yet")]
    [InlineData("ROLLBACK_COMPLETE", "Delete it and deploy again")]
    [InlineData("DELETE_IN_PROGRESS", "Deploy it again with lading deploy")]
    [InlineData("DELETE_FAILED", "delete it, and deploy again")]
    [InlineData("IMPORT_IN_PROGRESS", "Wait until that is over")]
    public async Task Each_status_has_its_way_out_and_nothing_is_changed(string status, string said)
    {
        world.Deploy(world.Image("good"), world.Image("bad"));
        world.Aws.Stacks["Shop"].Status = status;
        world.Aws.StacksApi.PassesAtLook = TimeSpan.Zero;

        var run = (await world.RollbackAsync("Shop")).Failed(FailureKind.CheckFailed);

        Assert.Contains("Could not go back in Shop", run.Error, StringComparison.Ordinal);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("cloudformation:CreateChangeSet", world.Aws.Calls);
    }

    [Fact]
    public async Task A_hotswapped_service_is_corrected_too_and_that_is_shown()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        HotswapTo(world.Image("hot"));

        var run = (await world.RollbackAsync()).Succeeded();

        Assert.Contains("Shop-Web web is corrected by this. It has drifted: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(good, world.Running);
    }

    [Theory]
    [InlineData("ShopWeb")]
    [InlineData("ByHand")]
    public async Task A_service_that_alone_has_drifted_is_named_with_the_command_that_corrects_it(string family)
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        HotswapTo(good, family);

        var refused = (await world.RollbackAsync("--to", "#2")).Failed(FailureKind.CheckFailed);
        var shown = (await world.RollbackAsync("--dry-run")).Succeeded();

        var command = Regex
            .Match(
                refused.Error,
                @"#2 is the current release; Shop-Web web has drifted: it runs [^\n]*\. Put it right: (?<command>[^\n]*)\n",
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(10)
            )
            .Groups["command"]
            .Value;
        Assert.Matches(
            "^aws ecs update-service --cluster main --service Shop-Web --task-definition ShopWeb:2" + There + "$",
            command
        );
        Assert.Contains($"    That alone, to stay on #2: {command}\n", shown.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("cloudformation:CreateChangeSet", world.Aws.Calls);

        // The effect of the command.
        var ecs = world.Aws.Ecs;
        ecs.Deploy(
            ecs.Services.Single(),
            ecs.Definitions.Single(each => each.Arn.EndsWith($"/{command.Split(' ')[^3]}", StringComparison.Ordinal))
        );
        ecs.Settle();
        var after = (await world.RollbackAsync("--to", "#2")).Failed(FailureKind.Usage);
        Assert.Equal(bad, world.Running);
        Assert.Contains("#2 is the current release. One could go back to #1", after.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_lease_is_respected_and_its_holder_named_unless_it_is_stolen()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        await LeaseAsync("arn:aws:sts::222222222222:assumed-role/Ci/job-7");

        var refused = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);
        Assert.Equal(bad, world.Running);
        (await world.RollbackAsync("--steal")).Succeeded();

        Assert.Contains("job-7 has been working on Shop since", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--steal", refused.Error, StringComparison.Ordinal);
        Assert.Equal(good, world.Running);
    }

    [Fact]
    public async Task Reports_who_is_updating_the_stack_before_cancelling()
    {
        world.Deploy(world.Image("good"));
        await LeaseAsync("arn:aws:sts::222222222222:assumed-role/Ci/job-7");
        world.Aws.Stacks.Begin(RunningWorld.Shop(world.Image("bad")));

        var run = (await world.RollbackAsync("Shop")).Succeeded();

        Assert.Contains("job-7 has been updating Shop since", run.Error, StringComparison.Ordinal);
    }

    private void HotswapTo(string image, string family = "ShopWeb")
    {
        var service = world.Aws.Ecs.Services.Single();
        world.Aws.Ecs.Deploy(
            service,
            world.Aws.Ecs.Register(family, new Dictionary<string, string> { ["web"] = image })
        );
        world.Aws.Ecs.Settle();
    }

    private Task LeaseAsync(string who)
    {
        var now = world.Aws.Ecs.Now;
        world.Aws.Stacks.Parameters[Lease.ParameterOf("Shop")] =
        [
            (new Lease("0000000000000001", who, "lading deploy", now, now + TimeSpan.FromHours(1)).ToJson(), now),
        ];
        return Task.CompletedTask;
    }
}
