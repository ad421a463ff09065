using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Running;

/// <summary>Services under CodeDeploy or another controller: ECS has no service deployments for them.</summary>
public sealed class TellingOtherControllers : IAsyncLifetime
{
    private HistoryWorld world = null!;

    public async ValueTask InitializeAsync() => world = await HistoryWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_deployment_by_CodeDeploy_is_read_from_its_own_history()
    {
        Deploy("CODE_DEPLOY");
        Release('b');
        var failed = world.Aws.CodeDeploy.Deploy("group", world.Service, Definition('c'));
        failed.Problem = "The deployment timed out.";
        failed.RolledBackBy = "d-000000003";
        failed.IsYaml = true;
        world.Aws.Ecs.Settle();
        world.Aws.Ecs.Advance(TimeSpan.FromHours(1));
        Release('b').Creator = "codeDeployRollback";

        Assert.Equal(
            [
                "attempt web b False outside of CloudFormation; CodeDeploy deployed it (d-000000003); it was not a release of the stack",
                "attempt web c False outside of CloudFormation; CodeDeploy rolled it back: d-000000003 put back what was before; it was not a release of the stack",
                "attempt web b False outside of CloudFormation; CodeDeploy deployed it (d-000000001); it was not a release of the stack",
                "succeeded web a False it is the current release",
            ],
            await world.LinesAsync()
        );
    }

    [Fact]
    public async Task A_task_set_leads_to_the_group_that_deploys_it_with_few_calls()
    {
        Deploy("CODE_DEPLOY");
        Release('b');
        world.Aws.Calls.Clear();

        await world.ReleasesAsync();

        Assert.Equal(
            ["codedeploy:BatchGetDeployments", "codedeploy:ListDeployments", "codedeploy:BatchGetDeployments"],
            world.Aws.Calls.Where(call => call.StartsWith("codedeploy:", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Without_a_task_set_every_group_is_read()
    {
        Deploy("CODE_DEPLOY");
        var failed = world.Aws.CodeDeploy.Deploy("group", world.Service, Definition('c'));
        failed.Problem = "The deployment timed out.";
        // The previous task set is the only one again.
        world.Service.Deployments.RemoveAt(1);
        world.Aws.CodeDeploy.Groups.Add(("other", "group", world.Service));

        var lines = await world.LinesAsync();

        Assert.StartsWith(
            "attempt web c False outside of CloudFormation; The deployment timed out",
            lines[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Missing_access_to_CodeDeploy_is_reported()
    {
        Deploy("CODE_DEPLOY");
        Release('b');
        world.Aws.CodeDeploy.Denied.Add("BatchGetDeployments");
        world.Aws.CodeDeploy.Denied.Add("ListApplications");

        var run = (await world.RunAsync("history", "Shop")).Succeeded();

        Assert.Contains("no access to codedeploy:ListApplications", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Task_sets_of_another_controller_are_shown_while_they_exist()
    {
        Deploy("EXTERNAL");
        world.Aws.Ecs.Deploy(world.Service, Definition('b'));
        world.Aws.Ecs.Advance(TimeSpan.FromSeconds(5));

        var lines = await world.LinesAsync();

        Assert.StartsWith(
            "attempt web b False outside of CloudFormation; its own deployment controller deployed it",
            lines[0],
            StringComparison.Ordinal
        );
        Assert.Equal("succeeded web a False it is the current release", lines[1]);
    }

    private void Deploy(string controller)
    {
        world.Aws.Stacks.Deploy(
            new StackPlan(
                "Shop",
                new Dictionary<string, ServicePlan>
                {
                    ["Web"] = RunningWorld.Service(world.Image('a')) with { Controller = controller },
                }
            )
        );
        world.Aws.Stacks.Advance(TimeSpan.FromHours(1));
    }

    private Lading.Testing.Cloud.CodeDeploy.TestCodeDeployment Release(char letter)
    {
        var deployment = world.Aws.CodeDeploy.Deploy("group", world.Service, Definition(letter));
        world.Aws.Ecs.Settle();
        world.Aws.Ecs.Advance(TimeSpan.FromHours(1));
        return deployment;
    }

    private EcsTaskDefinition Definition(char letter) =>
        world.Aws.Ecs.Register("ShopWeb", new Dictionary<string, string> { ["web"] = world.Image(letter) });
}
