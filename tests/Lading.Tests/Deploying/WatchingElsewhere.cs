using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Running;

namespace Lading.Tests.Deploying;

/// <summary>
/// Stacks outside the account and region that <c>lading.json</c> gives for the environment are watched where they are.
/// </summary>
public sealed class WatchingElsewhere : IAsyncLifetime
{
    private DeployWorld world = null!;
    private string image = "";

    public async ValueTask InitializeAsync()
    {
        world = await DeployWorld.StartAsync();
        image = world.Image("first");
    }

    public ValueTask DisposeAsync() => world?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Services_of_every_region_are_compared_and_shown_with_their_region()
    {
        var edge = world.AddElsewhere("us-east-1", Edge(image));

        var run = (await world.DeployAsync(RunningWorld.Shop(image), "Shop", "Edge")).Succeeded();

        Assert.Matches(@"Edge-Web \(us-east-1\) +web +2 +2 .*● as pinned", run.Out);
        Assert.Matches(@"Shop-Web \(eu-central-1\) +web +2 +2 .*● as pinned", run.Out);
        Assert.Contains("2 of 2 services in prod run what is pinned", run.Out, StringComparison.Ordinal);
        Assert.False(edge.Stacks.Parameters.TryGetValue("/lading/Edge/lease", out _));
        Assert.Contains("ssm:DeleteParameter", edge.Calls);
    }

    [Fact]
    public async Task A_service_of_another_region_that_runs_something_else_fails()
    {
        var edge = world.AddElsewhere("us-east-1", Edge(image));
        var other = world.Image("other");
        world.OnDone = () =>
        {
            lock (edge.Ecs)
            {
                var images = new Dictionary<string, string> { ["web"] = other };
                edge.Ecs.Deploy(edge.Ecs.Services.Single(), edge.Ecs.Register("Other", images));
            }
        };

        var run = await world.DeployAsync(RunningWorld.Shop(image), "Shop", "Edge");

        run.Failed(FailureKind.CheckFailed);
        Assert.Contains(
            "✗ Edge-Web (us-east-1): it runs Other:1, its stack says EdgeWeb:1",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("1 of 2 services in prod runs what is pinned", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("up to date", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_region_that_may_not_be_read_fails_and_does_not_hide_the_other()
    {
        var edge = world.AddElsewhere("us-east-1", Edge(image));
        edge.StacksApi.Denied.Add("DescribeStacks");

        var run = await world.DeployAsync(RunningWorld.Shop(image), "Shop", "Edge");

        run.Failed(FailureKind.CheckFailed);
        Assert.Contains("no access to cloudformation:DescribeStacks", run.Error, StringComparison.Ordinal);
        Assert.Contains("● as pinned", run.Out, StringComparison.Ordinal);
        Assert.Contains("it could not be read whether everything in prod runs", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_that_is_updated_in_another_region_is_refused()
    {
        var edge = world.AddElsewhere("us-east-1", Edge(image));
        edge.Stacks.Begin(Edge(image));

        var run = await world.DeployAsync(RunningWorld.Shop(image), "Shop", "Edge");

        run.Failed(FailureKind.CheckFailed);
        Assert.Contains("CloudFormation has been working on Edge since", run.Error, StringComparison.Ordinal);
        Assert.Contains("--account 222222222222 --region us-east-1", run.Error, StringComparison.Ordinal);
        Assert.Empty(world.CdkCalls);
        Assert.Null(world.Lease);
    }

    [Fact]
    public async Task An_environment_without_an_account_is_watched_where_its_stacks_are()
    {
        world.Configure("""{ "registry": "registry.example.com" }""");

        var run = (await world.DeployAsync(RunningWorld.Shop(image))).Succeeded();

        Assert.Contains("1 of 1 service in prod runs what is pinned", run.Out, StringComparison.Ordinal);
        Assert.Contains("prod is up to date", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_without_an_account_that_may_not_be_read_fails()
    {
        world.Configure("""{ "registry": "registry.example.com" }""");
        world.Aws.EcsApi.Denied.Add("DescribeServices");

        var run = await world.DeployAsync(RunningWorld.Shop(image));

        run.Failed(FailureKind.CheckFailed);
        Assert.Contains("no access to ecs:DescribeServices", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("up to date", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_no_verify_it_claims_nothing_about_what_runs()
    {
        var run = (await world.DeployAsync(RunningWorld.Shop(image), "--no-verify")).Succeeded();

        Assert.Contains(
            "deployed Shop to prod; with --no-verify, the services were not watched",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("up to date", run.Out, StringComparison.Ordinal);
    }

    private static StackPlan Edge(string image) =>
        new("Edge", new Dictionary<string, ServicePlan> { ["Web"] = RunningWorld.Service(image) });
}
