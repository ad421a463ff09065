using System.Text.Json.Nodes;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>
/// Changes between the first look, the question, the change set and its end: a rollback does what it showed, or
/// nothing.
/// </summary>
public sealed class GoingBackWhileItMoves : IAsyncLifetime
{
    private RollbackWorld world = null!;
    private string good = "";
    private string bad = "";

    private ChangeSetsApi ChangeSets => world.Aws.StacksApi.ChangeSets;

    private EcsService Service => world.Aws.Ecs.Services.Single();

    public async ValueTask InitializeAsync()
    {
        world = await RollbackWorld.StartAsync();
        (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_release_that_is_deployed_while_the_change_set_is_created_stays()
    {
        var newer = world.Image("newer");
        ChangeSets.BeforeCreation = () => world.Aws.Stacks.Deploy(RunningWorld.Shop(newer));

        var run = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);

        Assert.Contains("somebody updated it meanwhile", run.Error, StringComparison.Ordinal);
        Assert.True(Assert.Single(ChangeSets.Sets).IsDeleted);
        Assert.Equal(newer, world.Running);
    }

    [Fact]
    public async Task A_lost_response_does_not_hide_that_the_update_began()
    {
        ChangeSets.LosesAnswer = true;

        var run = (await world.RollbackAsync()).Succeeded();

        Assert.Contains("Back on #1 after ", run.Out, StringComparison.Ordinal);
        Assert.Equal(good, world.Running);
    }

    [Fact]
    public async Task An_execution_that_may_have_begun_is_reported_as_such()
    {
        ChangeSets.LosesAnswer = true;
        ChangeSets.BeforeExecution = () => world.Aws.StacksApi.Denied.Add("DescribeChangeSet");

        var run = (await world.RollbackAsync()).Failed(FailureKind.Failed);

        Assert.Contains("whether it has begun all the same could not be read", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing was changed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_scales_while_somebody_thinks_keeps_its_number_of_tasks()
    {
        var run = (
            await world.AgreeingAfterAsync(() =>
            {
                Service.Desired = 20;
                world.Aws.Ecs.Settle();
            })
        ).Succeeded();

        Assert.Contains("Web runs 20 tasks by now, and keeps them", run.Error, StringComparison.Ordinal);
        Assert.Equal((good, 20), (world.Running, Service.Desired));
    }

    [Fact]
    public async Task An_image_that_is_deleted_while_somebody_thinks_is_not_deployed()
    {
        var deleted = (
            await world.AgreeingAfterAsync(() => world.Aws.Images.Remove(("shop/web", world.DigestOf(good))))
        ).Failed(FailureKind.CheckFailed);

        Assert.Contains("was deleted since this was shown", deleted.Error, StringComparison.Ordinal);
        Assert.Empty(ChangeSets.Requests);
        Assert.Equal(bad, world.Running);
    }

    [Fact]
    public async Task A_stack_that_cannot_be_followed_is_left_alone()
    {
        (await world.AgreeingAfterAsync(() => world.Aws.StacksApi.Denied.Add("DescribeStackEvents"))).Failed(
            FailureKind.Failed
        );

        Assert.Empty(ChangeSets.Requests);
        Assert.Equal(bad, world.Running);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task A_dynamic_reference_in_a_service_that_is_updated_too_is_refused(int running)
    {
        world.Edit(template =>
            template["Resources"]!["Web"]!["Properties"]!["Tags"] = new JsonArray(
                new JsonObject { ["Key"] = "team", ["Value"] = "{{resolve:ssm:/shop/team}}" }
            )
        );

        var run = (
            await world.AgreeingAfterAsync(() =>
            {
                Service.Desired = running;
                world.Aws.Ecs.Settle();
            })
        ).Failed(FailureKind.CheckFailed);

        Assert.Contains("Web would get what {{resolve:ssm:/shop/team}} says now", run.Error, StringComparison.Ordinal);
        Assert.Equal(bad, world.Running);
    }

    [Fact]
    public async Task An_update_that_ends_while_the_stack_is_read_is_the_current_release()
    {
        world.Aws.Stacks.Begin(RunningWorld.Shop(world.Image("newest")));
        var hasRead = false;
        world.Aws.StacksApi.BeforeAnswer = operation =>
        {
            if (hasRead && operation == "DescribeStacks")
            {
                world.Aws.Stacks.Advance(TimeSpan.FromHours(1));
            }

            hasRead |= operation == "DescribeStackEvents";
        };

        var run = (await world.RollbackAsync("Shop", "--dry-run")).Succeeded();

        Assert.Matches("Shop now +#3 ", run.Out);
        Assert.Matches("going back to +#2 ", run.Out);
    }

    [Fact]
    public async Task A_deployment_that_begins_while_somebody_thinks_is_stopped_as_well()
    {
        var newest = world.Image("newest");
        // The task definition is being created; the service comes next.
        var update = world.Aws.Stacks.Begin(RunningWorld.Shop(newest));
        world.Aws.EcsApi.Change = (operation, body) =>
        {
            if (operation == "ListServiceDeployments")
            {
                body["serviceDeployments"] = new JsonArray();
            }
        };

        var run = (await world.AgreeingAfterAsync(() => world.Aws.EcsApi.Change = null, "Shop")).Succeeded();

        Assert.NotNull(update);
        Assert.Contains("stopping the deployment of Shop-Web", run.Error, StringComparison.Ordinal);
        Assert.Equal(bad, world.Running);
    }

    [Fact]
    public async Task A_stack_that_cannot_be_read_back_is_reported_as_such()
    {
        world.Deploy(RunningWorld.Shop(bad, hasBreaker: true));
        world.Aws.Ecs.SetFate(good, ImageFate.Crashes);
        ChangeSets.BeforeExecution = () =>
            world.Aws.StacksApi.BeforeAnswer = _ =>
            {
                if (world.Aws.Stacks["Shop"].Status == "UPDATE_ROLLBACK_COMPLETE")
                {
                    world.Aws.StacksApi.Denied.Add("GetTemplate");
                }
            };

        var run = (await world.RollbackAsync()).Failed(FailureKind.Failed);

        Assert.Contains("CloudFormation rolled back to what ran before", run.Out, StringComparison.Ordinal);
        Assert.Contains("It could not be read back (", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_with_a_repository_whose_name_is_longer_is_a_different_one()
    {
        var admin = world.Image("admin", repository: "shop/web-admin");
        foreach (var image in new[] { good, bad })
        {
            world.Deploy(
                new StackPlan(
                    "Shop",
                    new Dictionary<string, ServicePlan>
                    {
                        ["Web"] = RunningWorld.Service(image),
                        ["Admin"] = RunningWorld.Service(admin),
                    }
                )
            );
        }

        ChangeSets.BeforeExecution = () =>
            world.Aws.Stacks.WhenDone = () =>
                world.Aws.Ecs.Deploy(
                    world.Aws.Ecs.Services.Single(service => service.Name.EndsWith("Admin", StringComparison.Ordinal)),
                    world.Aws.Ecs.Register("ByHand", new Dictionary<string, string> { ["web"] = bad })
                );

        var run = (await world.RollbackAsync()).Succeeded();

        Assert.Contains("Back on #", run.Out, StringComparison.Ordinal);
    }
}
