using System.Text.Json.Nodes;
using Lading.Running;
using Lading.Testing.Cloud.Stacks;
using Lading.Testing.Cloud.Workloads;

namespace Lading.Tests.Running;

/// <summary>
/// What runs images without being a service: functions, job definitions, rules, schedules and single tasks; and the
/// contents of nested stacks.
/// </summary>
public sealed class DecidingOnOtherWorkloads : IDisposable
{
    private readonly RunningWorld world = new();

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData('a', "Successful", nameof(RunningState.Running), "")]
    [InlineData('b', "Successful", nameof(RunningState.Drifted), "it has bbbbbbbbbbbb")]
    [InlineData('a', "InProgress", nameof(RunningState.Deploying), "Lambda is updating it")]
    [InlineData('a', "Failed", nameof(RunningState.RolledBack), "its last update failed")]
    public async Task A_function_runs_what_Lambda_resolved(char letter, string update, string state, string reason)
    {
        Deploy("Resize", "resize", Function(world.Image("shop/resize", 'a')));
        world.Aws.Workloads.Functions.Add(
            new TestFunction("resize", "ignored", world.Image("shop/resize", letter)) { UpdateStatus = update }
        );

        var function = await world.OnlyAsync();

        Assert.Equal((WorkloadKind.Function, "resize"), (function.Kind, function.Service));
        Assert.Equal((state, reason), (function.State.ToString(), function.Reason));
    }

    [Fact]
    public async Task A_function_that_is_gone_has_drifted_and_one_that_may_not_be_read_is_unreadable()
    {
        Deploy("Resize", "resize", Function(world.Image("shop/resize", 'a')));

        var gone = await world.OnlyAsync();
        world.Aws.Workloads.Denied.Add("lambda:GetFunction");
        var denied = await world.OnlyAsync();

        Assert.Equal((RunningState.Drifted, "Lambda does not have it: somebody deleted it"), (gone.State, gone.Reason));
        Assert.Equal(
            (RunningState.Unreadable, "no access to lambda:GetFunction in 222222222222"),
            (denied.State, denied.Reason)
        );
    }

    [Theory]
    [InlineData('a', true, nameof(RunningState.Running))]
    [InlineData('b', true, nameof(RunningState.Drifted))]
    [InlineData('a', false, nameof(RunningState.Drifted))]
    public async Task A_job_definition_has_what_Batch_reports(char letter, bool isActive, string state)
    {
        var job = new TestJobDefinition("render", 3, Only("", world.Image("shop/render", letter)))
        {
            IsActive = isActive,
        };
        world.Aws.Workloads.Jobs.Add(job);
        Deploy(
            "Render",
            world.Aws.WorkloadsApi.ArnOf(job),
            Resource(
                "AWS::Batch::JobDefinition",
                "ContainerProperties",
                new JsonObject { ["Image"] = world.Image("shop/render", 'a') }
            )
        );

        var verdict = await world.OnlyAsync();

        Assert.Equal((WorkloadKind.Job, state), (verdict.Kind, verdict.State.ToString()));
    }

    [Theory]
    [InlineData("AWS::Events::Rule", true, true, nameof(RunningState.Running), "starts with its schedule")]
    [InlineData("AWS::Events::Rule", false, true, nameof(RunningState.Stopped), "its schedule is disabled")]
    [InlineData("AWS::Events::Rule", true, false, nameof(RunningState.Drifted), "EventBridge does not have it")]
    [InlineData("AWS::Scheduler::Schedule", true, true, nameof(RunningState.Running), "starts with its schedule")]
    [InlineData("AWS::Scheduler::Schedule", false, true, nameof(RunningState.Stopped), "its schedule is disabled")]
    [InlineData("AWS::Scheduler::Schedule", true, false, nameof(RunningState.Drifted), "EventBridge does not have it")]
    public async Task A_scheduled_task_starts_what_its_stack_names(
        string type,
        bool isEnabled,
        bool isThere,
        string state,
        string reason
    )
    {
        var definition = DeployScheduled(type);
        if (isThere)
        {
            world.Aws.Workloads.Rules.Add(new TestRule("nightly", [definition]) { IsEnabled = isEnabled });
            world.Aws.Workloads.Schedules.Add(new TestSchedule("nightly", definition) { IsEnabled = isEnabled });
        }

        var verdict = await world.OnlyAsync();

        Assert.Equal((WorkloadKind.ScheduledTask, "nightly"), (verdict.Kind, verdict.Service));
        Assert.Equal((state, reason), (verdict.State.ToString(), verdict.Reason));
    }

    [Fact]
    public async Task A_schedule_that_somebody_pointed_elsewhere_has_drifted()
    {
        DeployScheduled("AWS::Events::Rule");
        var other = world.Aws.Ecs.Register("other", Only("job", world.Image("shop/job", 'b')));
        world.Aws.Workloads.Rules.Add(new TestRule("nightly", [other.Arn]));

        var verdict = await world.OnlyAsync();

        Assert.Equal(
            (RunningState.Drifted, "its schedule starts other:1, its stack says ShopJob:1"),
            (verdict.State, verdict.Reason)
        );
    }

    [Fact]
    public async Task A_task_definition_that_nothing_starts_is_stopped_until_a_task_of_it_runs()
    {
        var definition = Define();

        var idle = await world.OnlyAsync();
        world.Aws.Ecs.Run("main", world.Aws.Ecs.Definitions.Single(each => each.Arn == definition));
        var busy = await world.OnlyAsync();

        Assert.Equal((RunningState.Stopped, RunningState.Running), (idle.State, busy.State));
        Assert.Equal(1, busy.Tasks);
    }

    [Fact]
    public async Task Services_of_nested_stacks_are_listed_under_the_name_of_the_parent_stack()
    {
        var nested = world.Aws.Stacks.Deploy(
            RunningWorld.Shop(world.Image("shop/web", 'a')) with
            {
                Name = "Shop-Inner-1A2B",
                HasRecord = false,
            }
        );
        Deploy("Inner", nested.Id, new JsonObject { ["Type"] = "AWS::CloudFormation::Stack" });
        nested.ParentId = world.Aws.Stacks["Shop"].Id;

        var web = await world.OnlyAsync();

        Assert.Equal(("Shop/Inner", RunningState.Running), (web.Stack, web.State));
    }

    private string Define(params KeyValuePair<string, OtherPlan>[] others)
    {
        var image = world.Image("shop/job", 'a');
        var definition = world.Aws.Ecs.Register("ShopJob", Only("job", image));
        var container = new JsonObject { ["Name"] = "job", ["Image"] = image };
        Deploy([
            KeyValuePair.Create(
                "JobTask",
                new OtherPlan(
                    definition.Arn,
                    Resource("AWS::ECS::TaskDefinition", "ContainerDefinitions", new JsonArray(container))
                )
            ),
            .. others,
        ]);
        return definition.Arn;
    }

    private string DeployScheduled(string type)
    {
        var parameters = new JsonObject { ["TaskDefinitionArn"] = new JsonObject { ["Ref"] = "JobTask" } };
        var target = new JsonObject { ["EcsParameters"] = parameters };
        return Define(
            KeyValuePair.Create(
                "Nightly",
                new OtherPlan(
                    "nightly",
                    type == "AWS::Events::Rule"
                        ? Resource(type, "Targets", new JsonArray(target))
                        : Resource(type, "Target", target)
                )
            )
        );
    }

    private void Deploy(string logicalId, string physicalId, JsonObject resource) =>
        Deploy([KeyValuePair.Create(logicalId, new OtherPlan(physicalId, resource))]);

    private void Deploy(IEnumerable<KeyValuePair<string, OtherPlan>> others) =>
        world.Aws.Stacks.Deploy(
            new StackPlan("Shop", new Dictionary<string, ServicePlan>(StringComparer.Ordinal))
            {
                HasRecord = false,
                Others = others.ToDictionary(StringComparer.Ordinal),
            }
        );

    private static JsonObject Function(string image) =>
        Resource("AWS::Lambda::Function", "Code", new JsonObject { ["ImageUri"] = image });

    private static JsonObject Resource(string type, string property, JsonNode value) =>
        new()
        {
            ["Type"] = type,
            ["Properties"] = new JsonObject { [property] = value },
        };

    private static Dictionary<string, string> Only(string container, string image) =>
        new(StringComparer.Ordinal) { [container] = image };
}
