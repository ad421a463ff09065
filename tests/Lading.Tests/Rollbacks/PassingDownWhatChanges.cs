using System.Text.Json.Nodes;
using Lading.Rollbacks;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>
/// What a stack passes to its nested stacks: there, too, intended changes are allowed, and nothing else.
/// </summary>
public sealed class PassingDownWhatChanges : IAsyncLifetime
{
    private const string Nightly = "Shop-Nightly-1A2B";
    private const string Key = "nightly.json";

    private RollbackWorld world = null!;

    public async ValueTask InitializeAsync() => world = await RollbackWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_nested_schedule_follows_the_task_definition_passed_to_it()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        Deploy(good, """{"Definition":{"Ref":"WebTask"}}""");
        Deploy(bad, """{"Definition":{"Ref":"WebTask"}}""");

        var run = (await world.RollbackAsync("Shop")).Succeeded();

        Assert.Equal(good, world.Running);
        Assert.Contains("Nightly/Rule", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Fn::GetAtt":["Web","Name"]}""")]
    [InlineData("""{"Fn::Join":["",["x-",{"Ref":"WebTask"}]]}""")]
    public async Task The_task_definition_may_be_passed_by_any_function(string value)
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        Deploy(good, $$"""{"Definition":{{value}}}""");
        Deploy(bad, $$"""{"Definition":{{value}}}""");

        (await world.RollbackAsync("Shop")).Succeeded();

        Assert.Equal(good, world.Running);
    }

    [Fact]
    public async Task A_parameter_that_changed_by_itself_is_refused_there_too()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        Deploy(good, """{"Definition":{"Ref":"When"}}""");
        Deploy(bad, """{"Definition":{"Ref":"When"}}""");
        var stack = world.Aws.Stacks["Shop"];
        stack.Parameters["When"] = "/shop/when";
        (stack.Resolved["When"], stack.ResolvedNow["When"]) = ("2 o'clock", "3 o'clock");

        var run = (await world.RollbackAsync("Shop")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            "Nightly (AWS::CloudFormation::Stack): its Parameters would change with parameter When",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(bad, world.Running);
    }

    [Fact]
    public async Task A_parameter_that_nothing_passes_down_is_refused()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        Deploy(good, """{"Definition":{"Ref":"WebTask"}}""");
        Deploy(bad, """{"Definition":{"Ref":"WebTask"}}""");
        // The first change set to be created is that of the nested stack.
        var change = new TestChange("Alarm", "AWS::CloudWatch::Alarm", "Modify", "False");
        change.Details.Add(new TestChangeDetail("Threshold", "Static", "ParameterReference", "Other"));
        world.Aws.StacksApi.ChangeSets.More.Add(change);

        var run = (await world.RollbackAsync("Shop")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            "Nightly/Alarm (AWS::CloudWatch::Alarm): its Threshold would change with parameter Other",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Nightly/Rule", run.Error, StringComparison.Ordinal);
        Assert.Equal(bad, world.Running);
    }

    [Fact]
    public void Refuses_a_value_that_mixes_in_an_unintended_change()
    {
        var template = TemplateText.TryParse(
            """
            {"Resources":{"Nightly":{"Properties":{"Parameters":{
              "One": {"Fn::Sub":["${WebTask}-${x}",{"x":"y"}]},
              "Both": {"Fn::Sub":"${WebTask}-${Jobs.Arn}"},
              "Outer": {"Ref":"FromAbove"},
              "Other": "WebTask"
            }}}}}
            """
        )!;
        var definition = new ResourceChange("WebTask", "AWS::ECS::TaskDefinition", "Modify", "True", []);
        var jobs = new ResourceChange("Jobs", "AWS::SQS::Queue", "Modify", "False", []);

        var passed = PassedParameters.Of(
            template,
            nameof(Nightly),
            new DecidedChanges(
                new Dictionary<string, ResourceChange> { [definition.LogicalId] = definition },
                [new UnwantedChange(jobs, "its Tags would change")]
            ),
            new Dictionary<string, bool> { ["FromAbove"] = false }
        );

        Assert.Equal(
            new Dictionary<string, bool> { ["One"] = true, ["Outer"] = false },
            passed.ToDictionary(StringComparer.Ordinal)
        );
    }

    /// <summary>Deploys a service and, in a nested stack, a schedule that gets parameters.</summary>
    private void Deploy(string image, string parameters)
    {
        world.Aws.Buckets.Names.Add(NestedShop.Bucket);
        var nested = world.Aws.Stacks.Deploy(
            new StackPlan(Nightly, new Dictionary<string, ServicePlan>())
            {
                HasRecord = false,
                Others = new Dictionary<string, OtherPlan>
                {
                    ["Rule"] = new(
                        "nightly",
                        Resource("AWS::Events::Rule", """{"Targets":[{"Id":"a","Arn":{"Ref":"Definition"}}]}""")
                    ),
                },
            }
        );
        nested.Parameters["Definition"] = "as it was";
        world.Aws.Buckets.Objects[(NestedShop.Bucket, Key)] = nested.Text;
        var top = world.Deploy(
            RunningWorld.Shop(image) with
            {
                Others = new Dictionary<string, OtherPlan>
                {
                    [nameof(Nightly)] = new(
                        nested.Id,
                        Resource(
                            "AWS::CloudFormation::Stack",
                            $$"""{"TemplateURL":"https://s3.{{RunningWorld.Region}}.amazonaws.com/{{NestedShop.Bucket}}/{{Key}}","Parameters":{{parameters}}}"""
                        )
                    ),
                },
            }
        );
        nested.ParentId = top.Id;
        top.Role = NestedShop.Role;
    }

    private static JsonObject Resource(string type, string properties) =>
        new() { ["Type"] = type, ["Properties"] = JsonNode.Parse(properties) };
}
