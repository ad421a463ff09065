using Lading.Running;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Running;

/// <summary>
/// Services deployed by CodeDeploy or by a program: ECS has task sets for them, and no service deployments.
/// </summary>
public sealed class DecidingOnTaskSets : IDisposable
{
    private readonly RunningWorld world = new();

    private EcsService Service => world.Aws.Ecs.Services.Single();

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData("CODE_DEPLOY")]
    [InlineData("EXTERNAL")]
    public async Task A_service_that_runs_its_pins_is_running(string controller)
    {
        Deploy('a', controller);

        var web = await world.OnlyAsync();

        Assert.Equal((RunningState.Running, ""), (web.State, web.Reason));
        Assert.DoesNotContain("ecs:ListServiceDeployments", world.Aws.Calls);
    }

    [Fact]
    public async Task A_task_set_that_CodeDeploy_starts_is_deploying_until_it_gets_traffic()
    {
        Deploy('a', "CODE_DEPLOY");
        Swap('b');
        world.Aws.Ecs.Advance(TestEcs.Step);

        var deploying = await world.OnlyAsync();
        world.Aws.Ecs.Settle();
        var swapped = await world.OnlyAsync();

        Assert.Equal(
            (RunningState.Deploying, "2 of 2 tasks run what is pinned; CodeDeploy is bringing ShopWeb:2 up"),
            (deploying.State, deploying.Reason)
        );
        Assert.Equal(
            (RunningState.Hotswapped, "CodeDeploy has it on ShopWeb:2, its stack says ShopWeb:1"),
            (swapped.State, swapped.Reason)
        );
    }

    [Fact]
    public async Task The_same_image_in_another_revision_is_running()
    {
        Deploy('a', "CODE_DEPLOY");
        Swap('a');
        world.Aws.Ecs.Settle();

        Assert.Equal(RunningState.Running, (await world.OnlyAsync()).State);
    }

    [Fact]
    public async Task An_update_of_the_stack_leaves_the_service_alone_and_that_is_reported()
    {
        Deploy('a', "EXTERNAL");
        Deploy('b', "EXTERNAL");

        var web = await world.OnlyAsync();

        Assert.Equal(
            (RunningState.Hotswapped, "its own deployment controller has it on ShopWeb:1, its stack says ShopWeb:2"),
            (web.State, web.Reason)
        );
    }

    private void Deploy(char letter, string controller) =>
        world.Aws.Stacks.Deploy(
            new StackPlan(
                "Shop",
                new Dictionary<string, ServicePlan>(StringComparer.Ordinal)
                {
                    ["Web"] = RunningWorld.Service(world.Image("shop/web", letter)) with
                    {
                        Controller = controller,
                        Strategy = "BLUE_GREEN",
                    },
                }
            )
        );

    private void Swap(char letter) =>
        world.Aws.Ecs.Deploy(
            Service,
            world.Aws.Ecs.Register(
                "ShopWeb",
                new Dictionary<string, string>(StringComparer.Ordinal) { ["web"] = world.Image("shop/web", letter) }
            )
        );
}
