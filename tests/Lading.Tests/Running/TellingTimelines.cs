using Lading.Running;
using Lading.Running.Timelines;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;
using Lading.Testing.Cloud.Trail;

namespace Lading.Tests.Running;

/// <summary>
/// The past of each workload, from what CloudFormation, the record, ECS and CloudTrail report of its stack.
/// </summary>
public sealed class TellingTimelines : IDisposable
{
    private readonly RunningWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_service_has_the_releases_that_deployed_it_and_no_others()
    {
        Deploy(web: 'a', worker: 'b');
        world.Aws.Stacks.Advance(TimeSpan.FromHours(3));
        Deploy(web: 'c', worker: 'b');
        world.Aws.Stacks.Advance(TimeSpan.FromHours(1));
        Swap("Shop-Worker", 'd');

        var past = await world.PastAsync();
        var web = past.Of("Shop-Web");
        var worker = past.Of("Shop-Worker");

        Assert.Equal(
            [("2", 'c', ReleaseOutcome.Succeeded), ("1", 'a', ReleaseOutcome.Succeeded)],
            web.Select(entry => (entry.Release.Version, Letter(entry), entry.Release.Outcome))
        );
        Assert.Equal(
            [('d', ReleaseOutcome.Attempt), ('b', ReleaseOutcome.Succeeded)],
            worker.Select(entry => (Letter(entry), entry.Release.Outcome))
        );
        Assert.Equal([true, false], web.Select(entry => entry.IsCurrent));
        Assert.InRange(web[1].RanFor!.Value, TimeSpan.FromHours(3), TimeSpan.FromHours(3.1));
        Assert.True(worker[1].IsCurrent);
        Assert.Null(worker[0].RanFor);
    }

    [Fact]
    public async Task Containers_of_one_name_in_two_services_are_not_mixed_up()
    {
        DeployWithoutRecord('a', 'b');
        world.Aws.Stacks.Advance(TimeSpan.FromHours(1));
        DeployWithoutRecord('c', 'd');

        var past = await world.PastAsync();

        Assert.Equal(['c', 'a'], past.Of("Shop-Web").Select(Letter));
        Assert.Equal(['d', 'b'], past.Of("Shop-Worker").Select(Letter));
    }

    [Fact]
    public async Task A_deployment_that_was_rolled_back_shows_what_was_tried()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a'), hasBreaker: true));
        world.Aws.Stacks.Advance(TimeSpan.FromHours(1));
        var bad = world.Image("shop/web", 'b');
        world.Aws.Ecs.SetFate(bad, ImageFate.Crashes);
        world.Aws.Stacks.Deploy(RunningWorld.Shop(bad, hasBreaker: true));

        var web = (await world.PastAsync()).Of("Shop-Web");

        Assert.Equal(
            [('b', ReleaseOutcome.RolledBack), ('a', ReleaseOutcome.Succeeded)],
            web.Select(entry => (Letter(entry), entry.Release.Outcome))
        );
        Assert.True(web[1].IsCurrent);
    }

    [Fact]
    public async Task Deployments_by_CodeDeploy_are_included()
    {
        var service = RunningWorld.Service(world.Image("shop/web", 'a')) with { Controller = "CODE_DEPLOY" };
        world.Aws.Stacks.Deploy(new StackPlan("Shop", new Dictionary<string, ServicePlan> { ["Web"] = service }));
        world.Aws.Stacks.Advance(TimeSpan.FromHours(1));
        var images = new Dictionary<string, string> { ["web"] = world.Image("shop/web", 'b') };
        world.Aws.CodeDeploy.Deploy(
            "group",
            world.Aws.Ecs.Services.Single(),
            world.Aws.Ecs.Register("ShopWeb", images)
        );
        world.Aws.Ecs.Settle();
        world.Aws.Stacks.Advance(TimeSpan.FromHours(1));

        var web = (await world.PastAsync()).Of("Shop-Web");

        Assert.Equal(
            [('b', ReleaseOutcome.Attempt), ('a', ReleaseOutcome.Succeeded)],
            web.Select(entry => (Letter(entry), entry.Release.Outcome))
        );
        Assert.Contains("CodeDeploy deployed it (d-000000001)", web[0].Release.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_the_present_leaves_open_is_read()
    {
        world.Aws.Trail.Events.Add(new TrailEvent(world.Aws.Ecs.Now, "ExecuteChangeSet", "Shop", "alice"));
        world.Aws.Trail.Events.Add(new TrailEvent(world.Aws.Ecs.Now, "ExecuteChangeSet", "Other", "bob"));
        Deploy(web: 'a', worker: 'b');
        Deploy(web: 'c', worker: 'b');
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'e')) with { Name = "Other" });
        await world.StatusAsync();
        Assert.DoesNotContain(world.Aws.Calls, IsOfThePast);

        var past = await world.PastAsync();

        Assert.Equal("alice", past.Of("Shop-Worker")[0].Release.Who);
        Assert.Equal("bob", past.Of("Other-Web")[0].Release.Who);
        Assert.Equal(
            new SortedDictionary<string, int>(StringComparer.Ordinal)
            {
                ["cloudformation:DescribeStackEvents"] = 2,
                ["cloudtrail:LookupEvents"] = 3,
                // Only the images of the past; those of the present are known.
                ["ecr:DescribeImages"] = 1,
                ["ecs:DescribeServiceDeployments"] = 2,
                ["ecs:DescribeServiceRevisions"] = 1,
                ["ecs:ListServiceDeployments"] = 3,
                ["ssm:GetParameterHistory"] = 2,
            },
            new SortedDictionary<string, int>(
                world.Aws.Calls.CountBy(call => call).ToDictionary(StringComparer.Ordinal),
                StringComparer.Ordinal
            )
        );
    }

    [Fact]
    public async Task A_fact_that_cannot_be_read_is_reported_beside_the_rest()
    {
        Deploy(web: 'a', worker: 'b');
        world.Aws.Trail.IsDenied = true;
        world.Aws.EcsApi.Denied.Add("ListServiceDeployments");

        var past = await world.PastAsync();

        Assert.Equal('a', Letter(Assert.Single(past.Of("Shop-Web"))));
        Assert.Contains(past.Past.Unread, fact => fact.Value.Source.Action == "cloudtrail:LookupEvents");
        Assert.Contains(past.Past.Unread, fact => fact.Value.Source.Action == "ecs:ListServiceDeployments");
    }

    private static bool IsOfThePast(string call) =>
        call
            is "cloudformation:DescribeStackEvents"
                or "cloudtrail:LookupEvents"
                or "ecs:ListServiceDeployments"
                or "ssm:GetParameterHistory";

    private static char Letter(TimelineEntry entry) => Assert.Single(entry.Images).Digest!.Value.Hex[0];

    private void Deploy(char web, char worker) =>
        world.Aws.Stacks.Deploy(Plan(("web", Image("web", web)), ("worker", Image("worker", worker))));

    private void DeployWithoutRecord(char web, char worker) =>
        world.Aws.Stacks.Deploy(
            Plan(("app", Image("web", web)), ("app", Image("worker", worker))) with
            {
                HasRecord = false,
            }
        );

    private static StackPlan Plan((string Container, string Image) web, (string Container, string Image) worker) =>
        new(
            "Shop",
            new Dictionary<string, ServicePlan>
            {
                ["Web"] = new(2, new Dictionary<string, string> { [web.Container] = web.Image }),
                ["Worker"] = new(1, new Dictionary<string, string> { [worker.Container] = worker.Image }),
            }
        );

    private string Image(string name, char letter) => world.Image($"shop/{name}", letter);

    private void Swap(string name, char letter)
    {
        var service = world.Aws.Ecs.Services.Single(each => each.Name == name);
        world.Aws.Ecs.Deploy(
            service,
            world.Aws.Ecs.Register(
                service.Definition.Family,
                new Dictionary<string, string> { ["worker"] = Image("worker", letter) }
            )
        );
        world.Aws.Ecs.Settle();
    }
}
