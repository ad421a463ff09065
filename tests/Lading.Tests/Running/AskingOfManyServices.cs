using Lading.Testing.Cloud;

namespace Lading.Tests.Running;

/// <summary>A thousand services in twenty clusters take no more calls than the limits of the APIs require.</summary>
public sealed class AskingOfManyServices : IDisposable
{
    private readonly RunningWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_thousand_services_take_255_calls()
    {
        ManyServices.Deploy(world.Aws);

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

    [Fact]
    public async Task Repeats_calls_that_AWS_throttles()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        world.Aws.Rates = new RequestRates { BeginsEmpty = true };

        var status = await world.StatusAsync(patient: true);

        Assert.True(world.Aws.Rates.Refused > 0);
        Assert.Empty(status.Evidence.Unread);
        Assert.True(status.Holds);
    }
}
