using Lading.Checking.Templates;
using Lading.Deploying;
using Lading.Running.Evidence;
using Lading.Testing;
using Lading.Tests.Running;

namespace Lading.Tests.Deploying;

/// <summary>The state of stacks before cdk starts: reads are repeated if that may help, and never for long.</summary>
public sealed class ReadingBeforeADeployment : IDisposable
{
    private readonly RunningWorld world = new();
    private readonly TestAssembly assembly = new();

    public void Dispose()
    {
        assembly.Dispose();
        world.Dispose();
    }

    [Theory]
    [InlineData(1, false, 2, true)]
    [InlineData(2, false, 3, true)]
    [InlineData(9, false, 3, false)]
    [InlineData(9, true, 1, false)]
    public async Task Throttled_reads_are_repeated_and_denied_ones_are_not(
        int failing,
        bool isDenied,
        int looks,
        bool isRead
    )
    {
        var plan = RunningWorld.Shop(world.Image("shop/web", 'a'));
        world.Aws.Stacks.Deploy(plan);
        assembly.Stack("Shop", plan.Template().ToJsonString());
        using var gathering = new ScriptedGathering(
            async (environment, owns, look) =>
            {
                var read = await world.Gathering.ReadDeploymentAsync(
                    environment,
                    owns,
                    null,
                    TestContext.Current.CancellationToken
                );
                return look > failing ? read : read with { Stacks = [], Unread = [Unread(isDenied)] };
            }
        );
        var regions = DeployRegion.Of(RunningWorld.Environment, CloudAssembly.Read(assembly.Folder).Stacks);

        var found = await new RegionGathering(gathering, regions, new PassingTime(world.Aws)).ReadPatientlyAsync(
            TestContext.Current.CancellationToken
        );

        Assert.Equal(looks, gathering.Looks);
        Assert.Equal(isRead, Assert.Single(found).Stacks.Count == 1);
    }

    private static UnreadFact Unread(bool isDenied) =>
        new(new FactOrigin("cloudformation:DescribeStacks", "", default), "Rate exceeded", "", [])
        {
            IsDenied = isDenied,
        };
}
