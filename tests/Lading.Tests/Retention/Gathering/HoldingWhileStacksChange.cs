using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Retention.Gathering;

/// <summary>A stack that is changing, or whose images cannot be determined, holds what it could concern.</summary>
public sealed class HoldingWhileStacksChange : IDisposable
{
    private readonly RetentionWorld world = new();

    public HoldingWhileStacksChange()
    {
        world.Image('a');
        world.Image('b', "shop/worker");
    }

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_stack_that_is_being_updated_holds_the_repositories_that_it_names()
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
    public async Task A_stack_that_is_being_updated_holds_the_repositories_of_its_releases()
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
    public async Task Finds_the_image_of_a_change_set_that_is_executed_meanwhile()
    {
        var set = Propose($$"""{"Resources":{},"Metadata":"{{world.Image('c')}}"}""");
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
    public async Task An_image_known_only_at_deployment_holds_what_its_account_owns()
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

    [Theory]
    [InlineData("""{"Fn::Join":["",[{"Fn::GetAtt":["X","Out"]},{"Ref":"NoDefault"}]]}""")]
    [InlineData("""{"Ref":"NoDefault"}""")]
    public async Task A_change_set_with_an_image_known_only_at_execution_holds_what_its_account_owns(string image)
    {
        Propose(TaskOf(image));

        var hold = Assert.Single((await world.RunAsync()).Holds);

        Assert.Null(hold.Repository);
        Assert.Equal(
            "the image of AWS::ECS::TaskDefinition Task in change set next of Shop is known at deployment only",
            hold.Reason
        );
    }

    [Fact]
    public async Task A_change_set_that_imports_its_repository_keeps_what_its_tag_points_to()
    {
        world.Image('c');
        Propose(TaskOf($$"""{"Fn::Join":["",[{"Fn::ImportValue":"repository"},":{{RetentionWorld.Tag('c')}}"]]}"""));

        var report = await world.RunAsync();

        Assert.Empty(report.Holds);
        Assert.Contains("change set next of Shop names it", FindingWhoUsesAnImage.ReasonsOf(report, 'c'));
    }

    private static string TaskOf(string image) =>
        $$"""{"Parameters":{"NoDefault":{"Type":"String"} },"Resources":{"Task":{"Type":"AWS::ECS::TaskDefinition","Properties":{"ContainerDefinitions":[{"Name":"web","Image":{{image}} }]} } } }""";

    /// <summary>A change set that awaits execution.</summary>
    private TestChangeSet Propose(string template)
    {
        world.Aws.Stacks.Deploy(
            new StackPlan("Shop", new Dictionary<string, ServicePlan>(StringComparer.Ordinal)) { HasRecord = false }
        );
        var set = new TestChangeSet
        {
            Id = "arn:aws:cloudformation:eu-central-1:222222222222:changeSet/next/1",
            Name = "next",
            Stack = world.Aws.Stacks["Shop"],
            Template = template,
            MadeFor = null,
            Status = "CREATE_COMPLETE",
        };
        world.Aws.StacksApi.ChangeSets.Sets.Add(set);
        return set;
    }
}
