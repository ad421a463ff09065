using Lading.Running;
using Lading.Running.Verifying;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Deploying;

namespace Lading.Tests.Running;

/// <summary>Watching a deployment: what cannot be read or found, how many calls it takes, and how it ends.</summary>
public sealed class LimitingAVerification : IDisposable
{
    private readonly RunningWorld world = new();
    private readonly Onlooker onlooker = new();
    private readonly string first;
    private readonly string second;

    public LimitingAVerification()
    {
        first = world.Image("shop/web", 'a');
        second = world.Image("shop/web", 'b');
    }

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData("ListTasks")]
    [InlineData("DescribeTasks")]
    [InlineData("DescribeServices")]
    public async Task A_service_that_cannot_be_read_fails(string operation)
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.Aws.EcsApi.Denied.Add(operation);

        var report = await world.VerifyAsync(onlooker);

        var service = Assert.Single(report.Services);
        Assert.Equal(ServiceOutcome.Unreadable, service.Outcome);
        Assert.Contains($"no access to ecs:{operation}", service.Reason, StringComparison.Ordinal);
        Assert.Contains("docs/iam.md", service.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stacks_that_cannot_be_read_fail_too()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.Aws.StacksApi.Denied.Add("GetTemplate");

        Assert.False((await world.VerifyAsync(onlooker)).Holds);
    }

    [Fact]
    public async Task A_stack_without_services_counts_too_once_it_was_rolled_back()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        var tables = world.Aws.Stacks.Deploy(new StackPlan("Tables", new Dictionary<string, ServicePlan>()));
        Assert.True((await world.VerifyAsync(onlooker)).Holds);
        tables.Status = "UPDATE_ROLLBACK_COMPLETE";

        var report = await world.VerifyAsync(onlooker);

        Assert.False(report.Holds);
        Assert.Equal("Tables", Assert.Single(report.Stacks).Name);
    }

    [Fact]
    public async Task A_stack_that_is_not_there_is_wrong_use()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));

        var failure = await Assert.ThrowsAsync<LadingException>(() => world.VerifyAsync(onlooker, names: ["Shp"]));

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Contains("Shp", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_service_is_watched_again_in_its_own_account()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.Aws.Stacks.Begin(RunningWorld.Shop(second));
        var cancelled = TestContext.Current.CancellationToken;
        var stacks = new VerifiedStacks([], new StackScope(RunningWorld.Environment, null));
        var gathering = new ScriptedGathering(
            async (environment, owns, _) =>
                await world.Gathering.ReadDeploymentAsync(RunningWorld.Environment, owns, null, cancelled) with
                {
                    Account = environment.Account!,
                    Selector = environment.Selector,
                }
        );

        var report = await new Verification(
            gathering,
            [
                new VerifiedRegion(RunningWorld.Environment, stacks),
                new VerifiedRegion(RunningWorld.Environment.At("111111111111", RunningWorld.Region), stacks),
            ],
            onlooker,
            new PassingTime(world.Aws)
        ).RunAsync(TimeSpan.Zero, cancelled);

        Assert.Equal(
            ["--env prod", $"--account 111111111111 --region {RunningWorld.Region}"],
            report.Services.Select(service =>
                service.Remedy["It may still get there: lading verify ".Length..].Split(" watches it")[0]
            )
        );
    }

    [Fact]
    public async Task Ending_the_watch_ends_nothing_else()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.Aws.Stacks.Begin(RunningWorld.Shop(second));
        using var source = new CancellationTokenSource();
        onlooker.OnLook = source.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            world.VerifyAsync(onlooker, cancellationToken: source.Token)
        );

        Assert.True(onlooker.IsStopped);
        Assert.True(world.Aws.Stacks["Shop"].IsInProgress);
    }

    [Fact]
    public async Task A_look_at_a_service_under_way_takes_few_calls_and_none_about_its_tasks()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.Aws.Stacks.Begin(RunningWorld.Shop(second));
        using var source = new CancellationTokenSource();
        onlooker.OnLook = () =>
        {
            if (onlooker.Reports.Count == 2)
            {
                world.Aws.Calls.Clear();
            }
            else if (onlooker.Reports.Count == 3)
            {
                source.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            world.VerifyAsync(onlooker, cancellationToken: source.Token)
        );

        Assert.Equal(
            [
                "cloudformation:DescribeStacks",
                "cloudformation:GetTemplate",
                "cloudformation:ListStackResources",
                "ecs:DescribeServiceDeployments",
                "ecs:DescribeServices",
            ],
            world.Aws.Calls.Order(StringComparer.Ordinal)
        );
    }
}
