using Lading.Running;
using Lading.Running.Verifying;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Running;

/// <summary>The verdicts on deployments, in an account whose time passes while the verification waits.</summary>
public sealed class VerifyingDeployments : IDisposable
{
    private readonly RunningWorld world = new();
    private readonly Onlooker onlooker = new();
    private readonly string first;
    private readonly string second;

    public VerifyingDeployments()
    {
        first = world.Image("shop/web", 'a');
        second = world.Image("shop/web", 'b');
    }

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_rolling_deployment_is_watched_until_every_task_runs_the_pin()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.Aws.Stacks.Begin(RunningWorld.Shop(second));

        var report = await world.VerifyAsync(onlooker);

        var service = Assert.Single(report.Services);
        Assert.True(report.Holds);
        Assert.Equal(ServiceOutcome.Verified, service.Outcome);
        var running = Assert.Single(Assert.Single(service.Containers).Running);
        Assert.Equal((RunningWorld.Digest('b'), 2), (running.Digest.ToString(), running.Tasks));
        Assert.Contains(onlooker.Reports, each => each.Services[0] is { IsUnderWay: true, New: 0, Old: 2 });
        Assert.Contains(onlooker.Reports, each => each.Services[0].Event.Length > 0);
    }

    [Fact]
    public async Task The_first_deployment_of_a_stack_is_watched_too()
    {
        world.Aws.Stacks.Begin(RunningWorld.Shop(first));

        Assert.True((await world.VerifyAsync(onlooker)).Holds);
    }

    [Theory]
    [InlineData(ImageFate.CannotBePulled, "CannotPullContainerError", "lading publish")]
    [InlineData(ImageFate.IsForAnotherPlatform, "exec format error", "cpuArchitecture")]
    [InlineData(ImageFate.RunsOutOfMemory, "OutOfMemoryError", "memoryLimitMiB")]
    [InlineData(ImageFate.Crashes, "exit code 1", "logs")]
    [InlineData(ImageFate.IsUnhealthy, "health check", "startPeriod")]
    internal async Task A_circuit_breaker_is_reported_with_the_reason_of_the_tasks_and_what_to_do(
        ImageFate fate,
        string said,
        string remedy
    )
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first, hasBreaker: true));
        world.Aws.Ecs.SetFate(second, fate);
        world.Aws.Stacks.Begin(RunningWorld.Shop(second, hasBreaker: true));

        var report = await world.VerifyAsync(onlooker);

        var service = Assert.Single(report.Services);
        Assert.False(report.Holds);
        Assert.True(service.Outcome is ServiceOutcome.CircuitBreaker or ServiceOutcome.StackRolledBack, $"{service}");
        Assert.Contains(service.Troubles, trouble => trouble.Text.Contains(said, StringComparison.Ordinal));
        Assert.Contains(remedy, service.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_CloudFormation_has_rolled_back_steady_is_not_success()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first, hasBreaker: true));
        world.Aws.Ecs.SetFate(second, ImageFate.Crashes);
        var stack = world.Aws.Stacks.Deploy(RunningWorld.Shop(second, hasBreaker: true));
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", stack.Status);

        var report = await world.VerifyAsync(onlooker);

        Assert.Equal(ServiceOutcome.StackRolledBack, Assert.Single(report.Services).Outcome);
        Assert.Equal("Shop", Assert.Single(report.Stacks).Name);
    }

    [Fact]
    public async Task A_breaker_without_rollback_fails_the_verification()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.Aws.Ecs.SetFate(second, ImageFate.Crashes);
        world.Aws.Stacks.Begin(RunningWorld.Shop(second, hasBreaker: true));
        world.Aws.Ecs.Services.Single().RollsBack = false;

        var report = await world.VerifyAsync(onlooker);

        Assert.False(report.Holds);
        Assert.Contains("the circuit breaker", report.Services[0].Reason, StringComparison.Ordinal);
        Assert.Contains("exit code 1", report.Services[0].Troubles[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forced_deployment_that_leaves_too_few_tasks_fails()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.Aws.Stacks.Advance(TimeSpan.FromMinutes(10));
        var service = world.Aws.Ecs.Services.Single();
        service.HasBreaker = true;
        service.RollsBack = false;
        world.Aws.Ecs.SetFate(first, ImageFate.Crashes);
        world.Aws.Ecs.Deploy(service, service.Definition);

        var report = await world.VerifyAsync(onlooker);

        var standing = Assert.Single(report.Services);
        Assert.Equal(ServiceOutcome.Incomplete, standing.Outcome);
        Assert.Contains("exit code 1", standing.Troubles[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forced_deployment_that_goes_back_to_the_same_digests_is_waited_for()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first, hasBreaker: true));
        world.Aws.Stacks.Advance(TimeSpan.FromMinutes(10));
        var service = world.Aws.Ecs.Services.Single();
        world.Aws.Ecs.Deploy(service, service.Definition);
        world.Aws.Ecs.RollBack(service, "Stopped by a person.");

        Assert.True((await world.VerifyAsync(onlooker)).Holds);
    }

    [Fact]
    public async Task An_alarm_is_reported_by_its_name()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.Aws.Stacks.Begin(Plan(RunningWorld.Service(second) with { Alarms = ["TooManyErrors"] }));
        world.Aws.Ecs.Alarms.Add("TooManyErrors");

        var report = await world.VerifyAsync(onlooker);

        Assert.False(report.Holds);
        Assert.Contains("alarm TooManyErrors rolled it back", report.Services[0].Reason, StringComparison.Ordinal);
        Assert.Contains("what the alarm measures", report.Services[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployment_that_somebody_stopped_is_distinguished()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.Aws.Stacks.Begin(RunningWorld.Shop(second));
        world.Aws.Ecs.RollBack(world.Aws.Ecs.Services.Single(), "Stopped by a person.");

        var report = await world.VerifyAsync(onlooker);

        Assert.False(report.Holds);
        Assert.True(
            report.Services[0].Outcome is ServiceOutcome.RolledBack or ServiceOutcome.StackRolledBack,
            $"{report.Services[0]}"
        );
    }

    [Fact]
    public async Task A_newer_deployment_that_takes_over_is_not_this_one()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(second));
        var other = new Dictionary<string, string> { ["web"] = first };
        world.Aws.Ecs.Deploy(world.Aws.Ecs.Services.Single(), world.Aws.Ecs.Register("ShopWeb", other));

        var report = await world.VerifyAsync(onlooker);

        Assert.Equal(ServiceOutcome.Superseded, Assert.Single(report.Services).Outcome);
    }

    [Theory]
    [InlineData("BLUE_GREEN")]
    [InlineData("LINEAR")]
    [InlineData("CANARY")]
    public async Task Stages_and_bake_time_are_watched_to_their_end(string strategy)
    {
        var service = RunningWorld.Service(first) with { Strategy = strategy, BakeTime = TimeSpan.FromMinutes(5) };
        world.Aws.Stacks.Deploy(Plan(service));
        world.Aws.Stacks.Begin(Plan(service with { Images = RunningWorld.Service(second).Images }));

        var report = await world.VerifyAsync(onlooker);

        Assert.True(report.Holds);
        Assert.Contains(onlooker.Reports, each => each.Services[0].Stage == "BAKE_TIME");
        Assert.Contains(
            onlooker.Reports,
            each => each.Services[0].Reason.EndsWith("bake time", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_deployment_past_its_limit_has_failed_and_goes_on()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.Aws.Ecs.SetFate(second, ImageFate.CannotBePulled);
        world.Aws.Stacks.Begin(RunningWorld.Shop(second));

        var report = await world.VerifyAsync(onlooker, TimeSpan.FromMinutes(3));

        Assert.Equal(ServiceOutcome.TimedOut, Assert.Single(report.Services).Outcome);
        Assert.Contains("CannotPull", report.Services[0].Troubles[0].Text, StringComparison.Ordinal);
        Assert.True(world.Aws.Stacks["Shop"].IsInProgress);
    }

    [Fact]
    public async Task A_service_that_wants_no_tasks_is_as_pinned()
    {
        world.Aws.Stacks.Begin(RunningWorld.Shop(first, desired: 0));

        Assert.True((await world.VerifyAsync(onlooker)).Holds);
    }

    [Fact]
    public async Task Another_digest_counts_once_it_stays()
    {
        world.Aws.Ecs.SetChild(RunningWorld.Digest('a'), RunningWorld.Digest('c'));
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));

        var report = await world.VerifyAsync(onlooker);

        Assert.Equal(ServiceOutcome.WrongDigest, Assert.Single(report.Services).Outcome);
        Assert.Equal(Verification.Grace / Verification.Pause, onlooker.Reports.Count - 1);
    }

    private static StackPlan Plan(ServicePlan service) =>
        new("Shop", new Dictionary<string, ServicePlan> { ["Web"] = service });
}
