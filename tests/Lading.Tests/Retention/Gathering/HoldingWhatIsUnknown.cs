using Lading.Aws.Retention;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Stacks;
using Lading.Testing.Cloud.Workloads;

namespace Lading.Tests.Retention.Gathering;

/// <summary>What cannot be read holds the repositories that it could concern, and nothing else.</summary>
public sealed class HoldingWhatIsUnknown : IDisposable
{
    private const string Other = "333333333333";

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
    public async Task A_denied_call_holds_all_that_the_account_owns(string action)
    {
        UseEverything(world.Aws);
        Deny(world.Aws, action);

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
    public async Task An_account_that_may_not_pull_holds_nothing()
    {
        Deny(Ask(Other), "ecs:ListClusters");

        Assert.Empty((await world.RunAsync()).Holds);
    }

    [Fact]
    public async Task An_account_that_may_pull_holds_what_it_may_pull_where_it_cannot_be_read()
    {
        Deny(Ask(Other), "ecs:ListClusters");
        Allow("shop/web", Other);

        var report = await world.RunAsync();

        var hold = Assert.Single(report.Holds);
        Assert.Equal(("shop/web", $"no access to ecs:ListClusters in {Other}"), (hold.Repository?.Value, hold.Reason));
        Assert.Empty(report.Repositories.Single(each => each.Repository.Name.Value == "shop/worker").Holds);
    }

    [Fact]
    public async Task An_account_that_may_pull_and_was_asked_holds_nothing()
    {
        Ask(Other);
        Allow("shop/web", Other);

        Assert.Empty((await world.RunAsync()).Holds);
    }

    [Fact]
    public async Task An_account_that_may_pull_and_was_not_asked_holds_what_it_may_pull()
    {
        Allow("shop/web", Other);

        var hold = Assert.Single((await world.RunAsync()).Holds);

        Assert.Equal(("shop/web", $"account {Other}"), (hold.Repository?.Value, hold.Subject));
        Assert.Contains($"--also {Other}/eu-central-1", hold.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_cannot_be_read_holds_its_repositories()
    {
        world.Aws.Ecr.Denied.Add("GetRepositoryPolicy");

        var report = await world.RunAsync();

        Assert.Equal(["shop/web", "shop/worker"], report.Holds.Select(hold => hold.Repository?.Value).Order());
    }

    [Fact]
    public async Task A_replica_in_an_account_that_was_not_asked_holds_what_is_replicated()
    {
        world.Aws.Ecr.Replicas.Add((Other, "eu-west-1"));

        var report = await world.RunAsync();

        Assert.Equal(2, report.Holds.Count);
        Assert.All(
            report.Holds,
            hold => Assert.Contains("replicated to 333333333333/eu-west-1", hold.Reason, StringComparison.Ordinal)
        );
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

    [Fact]
    public async Task A_stack_whose_update_is_under_way_holds_the_repositories_that_it_names()
    {
        world.Aws.Stacks.Deploy(
            new StackPlan("Shop", new Dictionary<string, ServicePlan>(StringComparer.Ordinal)) { HasRecord = false }
        );
        world.Aws.Stacks["Shop"].Template = $$"""{"Resources":{},"Metadata":"{{world.Image('c')}}"}""";
        world.Aws.Stacks["Shop"].Status = "UPDATE_IN_PROGRESS";

        var report = await world.RunAsync();

        var hold = Assert.Single(report.Holds);
        Assert.Equal("shop/web", hold.Repository?.Value);
        Assert.Contains("Shop is UPDATE_IN_PROGRESS", hold.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_whose_update_is_under_way_holds_what_its_releases_had()
    {
        var old = new ServicePlan(0, new Dictionary<string, string> { ["web"] = world.Image('c', "shop/worker") });
        world.Aws.Stacks.Deploy(new StackPlan("Shop", new Dictionary<string, ServicePlan> { ["Web"] = old }));
        world.Aws.Stacks["Shop"].Template = $$"""{"Resources":{},"Metadata":"{{world.Image('d')}}"}""";
        world.Aws.Stacks["Shop"].Status = "UPDATE_IN_PROGRESS";

        var report = await world.RunAsync();

        Assert.All(report.Repositories, each => Assert.NotEmpty(each.Holds));
        Assert.Contains(
            report.Holds,
            hold => hold.Reason.Contains("had images of it in a release", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_change_set_that_is_executed_while_this_reads_is_met_where_its_image_is_then()
    {
        world.Aws.Stacks.Deploy(
            new StackPlan("Shop", new Dictionary<string, ServicePlan>(StringComparer.Ordinal)) { HasRecord = false }
        );
        var set = new TestChangeSet
        {
            Id = "arn:aws:cloudformation:eu-central-1:222222222222:changeSet/next/1",
            Name = "next",
            Stack = world.Aws.Stacks["Shop"],
            Template = $$"""{"Resources":{},"Metadata":"{{world.Image('c')}}"}""",
            MadeFor = null,
            Status = "CREATE_COMPLETE",
        };
        world.Aws.StacksApi.ChangeSets.Sets.Add(set);
        world.Aws.StacksApi.BeforeAnswer = operation =>
        {
            if (operation == "ListChangeSets" && !set.IsDeleted)
            {
                set.IsDeleted = true;
                set.Stack.Template = set.Template;
                set.Stack.UpdatedAt = world.Aws.Ecs.Now;
            }
        };

        Assert.True(FindingWhoUsesAnImage.DecisionOf(await world.RunAsync(), 'c').IsKept);
    }

    [Fact]
    public async Task An_image_that_only_the_deployment_knew_holds_what_its_account_owns()
    {
        world.Aws.Stacks.Deploy(
            new StackPlan("Games", new Dictionary<string, ServicePlan>(StringComparer.Ordinal)) { HasRecord = false }
        );
        world.Aws.Stacks["Games"].Template =
            """{"Resources":{"Fleet":{"Type":"AWS::GameLift::ContainerGroupDefinition","Properties":{"GameServerContainerDefinition":{"ImageUri":{"Fn::GetAtt":["Build","Uri"]}}}}}}""";

        var report = await world.RunAsync();

        Assert.Contains(
            "the image of AWS::GameLift::ContainerGroupDefinition Fleet in Games is known at deployment only",
            Assert.Single(report.Holds).Reason,
            StringComparison.Ordinal
        );
    }

    private TestAws Ask(string account)
    {
        world.Also.Add(RetentionWorld.Of(account, account, RetentionWorld.Region));
        return world.Add(account, RetentionWorld.Region);
    }

    private void Allow(string repository, string account) =>
        world.Aws.Ecr.Policies[repository] =
            $$"""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{account}}:root"},"Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}]}""";

    /// <summary>One of everything that is asked about, so that each call is made.</summary>
    internal static void UseEverything(TestAws aws)
    {
        const string Image = "docker.io/library/busybox:1";
        var definition = aws.Ecs.Register("web", new Dictionary<string, string> { ["web"] = Image });
        aws.Stacks.Deploy(
            new StackPlan(
                "Shop",
                new Dictionary<string, ServicePlan>
                {
                    ["Web"] = new(1, new Dictionary<string, string> { ["web"] = Image }),
                }
            )
        );
        aws.Ecs.Deploy(aws.Ecs.Services.Single(), definition);
        aws.Workloads.Functions.Add(new TestFunction("resize", Image, Image));
        aws.Workloads.Rules.Add(new TestRule("nightly", [definition.Arn]));
        aws.Workloads.Schedules.Add(new TestSchedule("hourly", definition.Arn));
        aws.OtherImages.AppRunner["site"] = Image;
        aws.OtherImages.Models["taste"] = Image;
        aws.OtherImages.Builds["ci"] = Image;
        aws.OtherImages.StateMachines["orders"] = "{}";
    }

    private static void Deny(TestAws aws, string action)
    {
        var (service, operation) = (action.Split(':')[0], action.Split(':')[1]);
        switch (service)
        {
            case "ecs":
                aws.EcsApi.Denied.Add(operation);
                break;
            case "cloudformation" or "ssm":
                aws.StacksApi.Denied.Add(operation);
                break;
            case "ecr":
                aws.Ecr.Denied.Add(operation);
                break;
            case "apprunner" or "sagemaker" or "codebuild" or "states":
                aws.OtherImages.Denied.Add(action);
                break;
            default:
                aws.Workloads.Denied.Add(action);
                break;
        }
    }
}
