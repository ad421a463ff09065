using Lading.Running.Evidence;
using Lading.Running.Verifying;
using Lading.Testing.Cloud.Ecs;
using Lading.Tests.Running;

namespace Lading.Tests.Deploying;

/// <summary>A problem from before a deployment is not blamed on it, even if it could not be read beforehand.</summary>
public sealed class RecognizingOldProblems : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 2, 47, 0, TimeSpan.Zero);

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
    public async Task A_forced_deployment_that_failed_does_not_fail_the_next_one()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first, hasBreaker: true));
        FailForced();
        // cdk finds no changes.
        world.CdkFails = 0;

        var run = (await world.DeployAsync(RunningWorld.Shop(first, hasBreaker: true))).Succeeded();

        Assert.Contains("1 of 1 service in prod runs what is pinned", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("a task of", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forced_deployment_that_failed_does_not_fail_verify_either()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first, hasBreaker: true));
        FailForced();

        var run = await world.ToolAsync("verify", "--env", "prod");

        run.Succeeded();
    }

    [Fact]
    public async Task An_earlier_rollback_does_not_fail_even_if_it_could_not_be_read_then()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first, hasBreaker: true));
        world.Aws.Ecs.SetFate(second, ImageFate.Crashes);
        world.Aws.Stacks.Deploy(RunningWorld.Shop(second, hasBreaker: true));
        world.Aws.Stacks.Advance(TimeSpan.FromMinutes(10));
        world.Aws.StacksApi.Denied.Add("DescribeStacks");
        world.OnCdk = () => world.Aws.StacksApi.Denied.Clear();
        world.CdkFails = 0;

        (await world.DeployAsync(RunningWorld.Shop(first, hasBreaker: true))).Succeeded();
    }

    [Fact]
    public async Task A_rollback_of_this_deployment_fails_even_if_nothing_could_be_read_before()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first, hasBreaker: true));
        world.Aws.Stacks.Advance(TimeSpan.FromMinutes(10));
        world.Aws.Ecs.SetFate(second, ImageFate.Crashes);
        world.Aws.StacksApi.Denied.Add("DescribeStacks");
        world.OnCdk = () => world.Aws.StacksApi.Denied.Clear();

        var run = await world.DeployAsync(RunningWorld.Shop(second, hasBreaker: true));

        run.Failed(FailureKind.CheckFailed);
        Assert.Contains("CloudFormation did not complete Shop in prod", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE_ROLLBACK_COMPLETE", 0, true)]
    [InlineData("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", 0, true)]
    [InlineData("UPDATE_ROLLBACK_COMPLETE", 1, false)]
    [InlineData("UPDATE_COMPLETE", 0, false)]
    public void Cleaning_up_is_part_of_the_same_operation(string status, int minutes, bool isSame)
    {
        var before = new PreviousStacks(
            [Stack("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", Now)],
            Now + TimeSpan.FromHours(1)
        );

        Assert.Equal(isSame, before.Has(Stack(status, Now.AddMinutes(minutes))));
    }

    [Theory]
    [InlineData(-6, true)]
    [InlineData(-4, false)]
    [InlineData(1, false)]
    public void Without_an_earlier_read_the_time_of_the_last_operation_decides(int minutes, bool isOld) =>
        Assert.Equal(
            isOld,
            new PreviousStacks([], Now).Has(Stack("UPDATE_ROLLBACK_COMPLETE", Now.AddMinutes(minutes)))
        );

    private static StackEvidence Stack(string status, DateTimeOffset updated) =>
        new()
        {
            Name = "Shop",
            Id = "arn:aws:cloudformation:eu-central-1:222222222222:stack/Shop/1",
            Status = status,
            CreatedAt = Now.AddDays(-9),
            UpdatedAt = updated,
            Source = new FactOrigin("cloudformation:DescribeStacks", "", Now),
        };

    /// <summary>
    /// Somebody makes ECS deploy the same task definition again, at a moment when the image cannot be pulled.
    /// </summary>
    private void FailForced()
    {
        world.Aws.Stacks.Advance(TimeSpan.FromMinutes(10));
        var service = world.Aws.Ecs.Services.Single();
        world.Aws.Ecs.SetFate(first, ImageFate.CannotBePulled);
        world.Aws.Ecs.Deploy(service, service.Definition);
        world.Aws.Stacks.Advance(TimeSpan.FromMinutes(10));
        world.Aws.Ecs.SetFate(first, ImageFate.Runs);
        world.Aws.Stacks.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("ROLLBACK_SUCCESSFUL", service.Current.Status);
    }
}
