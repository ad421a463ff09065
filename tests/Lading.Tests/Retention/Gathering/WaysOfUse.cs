using System.Text.Json.Nodes;
using Lading.Aws.Retention;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;
using Lading.Testing.Cloud.Workloads;

namespace Lading.Tests.Retention.Gathering;

/// <summary>Every way in which an account may use an image.</summary>
internal static class WaysOfUse
{
    public static IReadOnlyDictionary<string, WayOfUse> All { get; } =
        new Dictionary<string, WayOfUse>(StringComparer.Ordinal)
        {
            ["a running task"] = new(
                typeof(TaskUses),
                "runs in main/batch (1 task)",
                (world, image) => Start(world, image)
            ),
            ["a task that stopped a short while ago"] = new(
                typeof(TaskUses),
                "ran in main/batch until a short while ago (1 task)",
                (world, image) => Start(world, image).Stop(world.Aws.Ecs.Now, "EssentialContainerExited", "over", 0)
            ),
            ["a service without tasks, whose task definition is inactive"] = new(
                typeof(ServiceUses),
                "service main/web starts it",
                (world, image) =>
                {
                    Serve(world, image, 0).Definition.IsActive = false;
                    world.Aws.Ecs.Settle();
                }
            ),
            ["a deployment that would go back"] = new(
                typeof(DeploymentUses),
                "a deployment of service web would roll back to it",
                (world, image) =>
                {
                    var service = Serve(world, image, 1);
                    world.Aws.Ecs.Advance(TimeSpan.FromMinutes(2));
                    service.Definition.IsActive = false;
                    world.Aws.Ecs.Deploy(service, Register(world, world.Image('f')));
                    service.Tasks.Clear();
                }
            ),
            ["an active task definition"] = new(
                typeof(DefinitionUses),
                "task definition batch:1 names it",
                (world, image) => Register(world, image, "batch")
            ),
            ["the template of a stack"] = new(
                typeof(TemplateUses),
                "the template of Shop names it",
                (world, image) => Deploy(world, new JsonObject { ["Metadata"] = image })
            ),
            ["a template that joins its reference"] = new(
                typeof(TemplateUses),
                "the template of Shop names it",
                (world, image) =>
                    Deploy(
                        world,
                        JsonNode
                            .Parse(
                                $$$"""{"Metadata":{"Fn::Sub":"${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/{{{image.Split('/', 2)[1].Split('@')[0]}}}:{{{RetentionWorld.Tag('a')}}}"}}"""
                            )!
                            .AsObject()
                    )
            ),
            ["a template in YAML"] = new(
                typeof(TemplateUses),
                "the template of Shop names it",
                (world, image) =>
                {
                    Deploy(world, []);
                    world.Aws.Stacks["Shop"].Template = $"Resources:\n  Task:\n    Image: !Sub '{image}'\n";
                }
            ),
            ["a change set that waits"] = new(
                typeof(ChangeSetUses),
                "change set next of Shop names it",
                (world, image) =>
                {
                    Deploy(world, []);
                    world.Aws.StacksApi.ChangeSets.Sets.Add(
                        new TestChangeSet
                        {
                            Id = "arn:aws:cloudformation:eu-central-1:222222222222:changeSet/next/1",
                            Name = "next",
                            Stack = world.Aws.Stacks["Shop"],
                            Template = $$"""{"Metadata":"{{image}}"}""",
                            MadeFor = null,
                            Status = "CREATE_COMPLETE",
                        }
                    );
                }
            ),
            ["a function"] = new(
                typeof(FunctionUses),
                "function resize runs it",
                (world, image) => world.Aws.Workloads.Functions.Add(new TestFunction("resize", image, image))
            ),
            ["a published version of a function"] = new(
                typeof(FunctionUses),
                "version 3 of function resize runs it",
                (world, image) =>
                    world.Aws.Workloads.Functions.Add(new TestFunction("resize", "x", image) { Version = "3" })
            ),
            ["App Runner"] = new(
                typeof(AppRunnerUses),
                "service site of App Runner runs it",
                (world, image) => world.Aws.OtherImages.AppRunner["site"] = image
            ),
            ["a job definition"] = new(
                typeof(JobUses),
                "job definition render:1 runs it",
                (world, image) =>
                    world.Aws.Workloads.Jobs.Add(
                        new TestJobDefinition("render", 1, new Dictionary<string, string> { ["main"] = image })
                    )
            ),
            ["a job that waits, whose definition is gone"] = new(
                typeof(QueuedJobUses),
                "job render runs it, or waits to",
                (world, image) => world.Aws.Workloads.QueuedJobs.Add(new TestJob("render", image))
            ),
            ["a model of SageMaker"] = new(
                typeof(ModelUses),
                "model taste of SageMaker runs it",
                (world, image) => world.Aws.OtherImages.Models["taste"] = image
            ),
            ["a project of CodeBuild"] = new(
                typeof(BuildUses),
                "project ci of CodeBuild runs in it",
                (world, image) => world.Aws.OtherImages.Builds["ci"] = image
            ),
            ["a rule of EventBridge"] = new(
                typeof(RuleUses),
                "rule nightly starts it",
                (world, image) => world.Aws.Workloads.Rules.Add(new TestRule("nightly", [Inactive(world, image)]))
            ),
            ["a rule of another bus"] = new(
                typeof(RuleUses),
                "rule nightly starts it",
                (world, image) =>
                    world.Aws.Workloads.Rules.Add(
                        new TestRule("nightly", [Inactive(world, image)]) { Bus = "orders", IsEnabled = false }
                    )
            ),
            ["a schedule"] = new(
                typeof(ScheduleUses),
                "schedule hourly starts it",
                (world, image) => world.Aws.Workloads.Schedules.Add(new TestSchedule("hourly", Inactive(world, image)))
            ),
            ["a schedule that calls RunTask itself"] = new(
                typeof(ScheduleUses),
                "schedule hourly starts it",
                (world, image) =>
                    world.Aws.Workloads.Schedules.Add(
                        new TestSchedule("hourly", "")
                        {
                            Input =
                                $$"""{"Cluster":"main","TaskDefinition":"{{Inactive(world, image).Split('/')[1]}}"}""",
                        }
                    )
            ),
            ["a schedule that calls another service with an image"] = new(
                typeof(ScheduleUses),
                "schedule hourly names it",
                (world, image) =>
                    world.Aws.Workloads.Schedules.Add(
                        new TestSchedule("hourly", "") { Input = $$"""{"ImageOverride":"{{image}}"}""" }
                    )
            ),
            ["a schedule that hands an image to a state machine"] = new(
                typeof(ScheduleUses),
                "schedule hourly names it",
                (world, image) =>
                    world.Aws.Workloads.Schedules.Add(
                        new TestSchedule("hourly", "")
                        {
                            Input = $$"""{"image":"{{image}}"}""",
                            Target = "arn:aws:states:eu-west-1:222222222222:stateMachine:orders",
                        }
                    )
            ),
            ["a state machine that starts a task"] = new(
                typeof(StateMachineUses),
                "state machine orders starts it",
                (world, image) =>
                    world.Aws.OtherImages.StateMachines["orders"] =
                        $$"""{"States":{"Run":{"Resource":"arn:aws:states:::ecs:runTask.sync","Parameters":{"TaskDefinition":"{{Inactive(world, image)}}"} } } }"""
            ),
            ["a version of a state machine that names an image"] = new(
                typeof(StateMachineUses),
                "state machine orders:2 names it",
                (world, image) =>
                {
                    world.Aws.OtherImages.StateMachines["orders"] = "{}";
                    world.Aws.OtherImages.StateMachines["orders:2"] =
                        $$"""{"States":{"Train":{"Image":"{{image}}"} } }""";
                }
            ),
        };

    private static EcsTaskDefinition Register(RetentionWorld world, string image, string family = "web") =>
        world.Aws.Ecs.Register(family, new Dictionary<string, string> { ["web"] = image });

    private static string Inactive(RetentionWorld world, string image)
    {
        var definition = Register(world, image);
        definition.IsActive = false;
        return definition.Arn;
    }

    private static EcsTask Start(RetentionWorld world, string image)
    {
        var definition = Register(world, image, "batch");
        definition.IsActive = false;
        var task = world.Aws.Ecs.Run("main", definition);
        return task;
    }

    private static EcsService Serve(RetentionWorld world, string image, int desired) =>
        world.Aws.Ecs.Create("main", "web", Register(world, image), desired);

    private static void Deploy(RetentionWorld world, JsonObject template)
    {
        world.Aws.Stacks.Deploy(
            new StackPlan("Shop", new Dictionary<string, ServicePlan>(StringComparer.Ordinal)) { HasRecord = false }
        );
        template["Resources"] = new JsonObject();
        world.Aws.Stacks["Shop"].Template = template.ToJsonString();
    }
}

/// <summary>A way to use an image.</summary>
/// <param name="Reader">The reader that finds the use.</param>
/// <param name="Reason">The reason given for keeping the image.</param>
/// <param name="Arrange">Makes an account use the image.</param>
internal sealed record WayOfUse(Type Reader, string Reason, Action<RetentionWorld, string> Arrange);
