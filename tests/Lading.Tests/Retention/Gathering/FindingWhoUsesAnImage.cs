using System.Text.Json.Nodes;
using Lading.Aws.Retention;
using Lading.Oci;
using Lading.Retention;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;
using Lading.Testing.Cloud.Workloads;

namespace Lading.Tests.Retention.Gathering;

/// <summary>Each kind of use keeps its image, and nothing but the reader of that kind finds it.</summary>
public sealed class FindingWhoUsesAnImage : IDisposable
{
    private static readonly Dictionary<string, Row> Rows = new(StringComparer.Ordinal)
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
            "a deployment of service web would go back to it",
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
                        Input = $$"""{"Cluster":"main","TaskDefinition":"{{Inactive(world, image).Split('/')[1]}}"}""",
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
                world.Aws.OtherImages.StateMachines["orders:2"] = $$"""{"States":{"Train":{"Image":"{{image}}"} } }""";
            }
        ),
    };

    /// <summary>What they find counts by its number, and is tested beside these.</summary>
    private static readonly Type[] Releases = [typeof(RecordReleases), typeof(DeploymentReleases)];

    private readonly RetentionWorld world = new();

    public static TheoryData<string> Uses => [.. Rows.Keys];

    public void Dispose() => world.Dispose();

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task A_use_keeps_its_image_and_one_reader_alone_finds_it(string use)
    {
        var row = Rows[use];
        row.Arrange(world, world.Image('a'));
        world.Image('b');

        var report = await world.RunAsync();
        var without = await world.RunAsync([
            .. UseReaders
                .All(new RetentionPolicy())
                .Where(reader => reader.GetType() != row.Reader && !Releases.Contains(reader.GetType())),
        ]);

        Assert.Empty(report.Holds);
        Assert.Contains(row.Reason, ReasonsOf(report, 'a'));
        Assert.False(DecisionOf(report, 'b').IsKept);
        Assert.DoesNotContain(row.Reason, ReasonsOf(without, 'a'));
        Assert.False(DecisionOf(without, 'a').IsKept, string.Join(", ", ReasonsOf(without, 'a')));
    }

    [Fact]
    public void Every_reader_has_a_row()
    {
        Assert.Equal(
            UseReaders.All(new RetentionPolicy()).Select(reader => reader.GetType().Name).Order(StringComparer.Ordinal),
            Rows.Values.Select(row => row.Reader)
                .Concat(Releases)
                .Select(type => type.Name)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
    }

    internal static ImageDecision DecisionOf(RetentionReport report, char letter) =>
        report
            .Repositories.Single(each => each.Repository.Name.Value == RetentionWorld.Repository)
            .Images.Single(image => image.Image.Digest == Digest.Parse(RetentionWorld.Digest(letter)));

    internal static IReadOnlyList<string> ReasonsOf(RetentionReport report, char letter) =>
        [.. DecisionOf(report, letter).Reasons.Select(reason => reason.Text)];

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

    /// <summary>A use.</summary>
    /// <param name="Reader">What finds it.</param>
    /// <param name="Reason">What is said of it.</param>
    /// <param name="Arrange">Makes it, of an image.</param>
    private sealed record Row(Type Reader, string Reason, Action<RetentionWorld, string> Arrange);
}
