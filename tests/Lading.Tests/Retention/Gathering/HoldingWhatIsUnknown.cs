namespace Lading.Tests.Retention.Gathering;

/// <summary>What cannot be read holds the repositories that it could concern, and no others.</summary>
public sealed class HoldingWhatIsUnknown : IDisposable
{
    private readonly RetentionWorld world = new();

    public HoldingWhatIsUnknown()
    {
        world.Image('a');
        world.Image('b', "shop/worker");
    }

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData("ecs:ListClusters")]
    [InlineData("ecs:ListServices")]
    [InlineData("ecs:DescribeServices")]
    [InlineData("ecs:ListTasks")]
    [InlineData("ecs:DescribeTasks")]
    [InlineData("ecs:DescribeServiceRevisions")]
    [InlineData("ecs:DescribeServiceDeployments")]
    [InlineData("ecs:ListServiceDeployments")]
    [InlineData("ecs:ListTaskDefinitions")]
    [InlineData("ecs:DescribeTaskDefinition")]
    [InlineData("cloudformation:DescribeStacks")]
    [InlineData("cloudformation:GetTemplate")]
    [InlineData("cloudformation:ListChangeSets")]
    [InlineData("ssm:GetParametersByPath")]
    [InlineData("ssm:GetParameterHistory")]
    [InlineData("lambda:ListFunctions")]
    [InlineData("lambda:GetFunction")]
    [InlineData("apprunner:ListServices")]
    [InlineData("apprunner:DescribeService")]
    [InlineData("batch:DescribeJobDefinitions")]
    [InlineData("batch:DescribeJobQueues")]
    [InlineData("batch:ListJobs")]
    [InlineData("batch:DescribeJobs")]
    [InlineData("sagemaker:ListModels")]
    [InlineData("sagemaker:DescribeModel")]
    [InlineData("codebuild:ListProjects")]
    [InlineData("codebuild:BatchGetProjects")]
    [InlineData("events:ListEventBuses")]
    [InlineData("events:ListRules")]
    [InlineData("events:ListTargetsByRule")]
    [InlineData("scheduler:ListSchedules")]
    [InlineData("scheduler:GetSchedule")]
    [InlineData("states:ListStateMachines")]
    [InlineData("states:ListStateMachineVersions")]
    [InlineData("states:DescribeStateMachine")]
    [InlineData("ecr:DescribeRegistry")]
    [InlineData("ecr:GetRegistryPolicy")]
    public async Task A_denied_call_holds_everything_that_the_account_owns(string action)
    {
        world.UseEverything();
        RetentionWorld.Deny(world.Aws, action);

        var report = await world.RunAsync();

        Assert.All(report.Repositories, each => Assert.NotEmpty(each.Holds));
        var hold = Assert.Single(report.Holds);
        Assert.Null(hold.Repository);
        Assert.Equal(
            ($"no access to {action} in 222222222222", $"{action} in 222222222222/eu-central-1"),
            (hold.Reason, hold.Subject)
        );
        Assert.NotEmpty(hold.Remedy);
    }

    [Fact]
    public async Task Images_that_cannot_be_read_hold_their_repository()
    {
        world.Aws.Ecr.Denied.Add("DescribeImages");

        var report = await world.RunAsync();

        Assert.All(report.Repositories, each => Assert.NotEmpty(each.Holds));
        Assert.Equal(0, report.Deletions);
    }

    [Fact]
    public async Task A_registry_that_cannot_be_listed_fails_the_run()
    {
        world.Aws.Ecr.Denied.Add("DescribeRepositories");

        var failure = await Assert.ThrowsAsync<LadingException>(() => world.RunAsync());

        Assert.Contains("Could not list the repositories", failure.Message, StringComparison.Ordinal);
    }
}
