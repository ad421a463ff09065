using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Running;

/// <summary>A thousand services in twenty clusters: no more calls than their limits make necessary.</summary>
public sealed class AskingOfManyServices : IDisposable
{
    private readonly RunningWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_thousand_services_take_255_calls()
    {
        for (var cluster = 0; cluster < 20; cluster++)
        {
            var services = new Dictionary<string, ServicePlan>(StringComparer.Ordinal);
            for (var service = 0; service < 50; service++)
            {
                services[$"S{service}"] = RunningWorld.Service(world.Image("shop/web", "abcdef"[service % 6]), 1);
            }

            world.Aws.Stacks.Begin(
                new StackPlan($"Shop{cluster}", services) { Cluster = $"cluster{cluster}", HasRecord = false }
            );
        }

        world.Aws.Stacks.Advance(TimeSpan.FromMinutes(2));
        world.Aws.Calls.Clear();

        var status = await world.StatusAsync();

        Assert.Equal(1000, status.Containers.Count);
        Assert.True(status.Holds);
        var calls = world.Aws.Calls.GroupBy(call => call).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(
            new Dictionary<string, int>(StringComparer.Ordinal)
            {
                ["cloudformation:DescribeStacks"] = 1,
                ["cloudformation:GetTemplate"] = 20,
                ["cloudformation:ListStackResources"] = 20,
                ["ecr:DescribeImages"] = 1,
                ["ecs:DescribeServiceRevisions"] = 50,
                ["ecs:DescribeServices"] = 100,
                ["ecs:DescribeTasks"] = 20,
                ["ecs:ListClusters"] = 1,
                ["ecs:ListServices"] = 20,
                ["ecs:ListTasks"] = 20,
                ["ssm:GetParametersByPath"] = 1,
                ["sts:GetCallerIdentity"] = 1,
            }.OrderBy(each => each.Key, StringComparer.Ordinal),
            calls.OrderBy(each => each.Key, StringComparer.Ordinal)
        );
    }
}
