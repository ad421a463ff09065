using System.Text.Json.Nodes;
using Lading.Running.Verifying;
using Lading.Testing;
using Lading.Testing.Cloud.Stacks;
using Lading.Testing.Cloud.Workloads;

namespace Lading.Tests.Running;

/// <summary>
/// The policy in docs/iam.md for people on call allows every call of status, verify and history, and nothing else.
/// </summary>
public sealed class DocumentingPermissions : IDisposable
{
    private readonly RunningWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task The_policy_allows_every_call_and_nothing_else()
    {
        Deploy();

        await world.StatusAsync();
        await world.VerifyAsync(new Unheard());
        await world.HistoryAsync("Shop");
        await world.HistoryAsync("Swapped");
        var calls = world.Aws.Calls.ToList();
        await world.PastAsync();
        calls.AddRange(world.Aws.Calls);

        var allowed = DocumentedPolicies.Under("`status`").Keys;
        Assert.Equal(
            calls
                .Where(call => !call.StartsWith("sts:", StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
            allowed.Order(StringComparer.Ordinal)
        );
        Assert.All(allowed, action => Assert.Matches(":(Describe|List|Get|BatchGet|Lookup)", action));
    }

    /// <summary>
    /// Deploys everything that causes calls: a hotswapped service, an index, an import, and workloads that are not
    /// services.
    /// </summary>
    private void Deploy()
    {
        var image = world.Image("shop/web", 'a');
        world.Aws.Indexes[RunningWorld.Digest('a')] = """{"schemaVersion":2,"manifests":[]}""";
        world.Aws.Stacks.Deploy(RunningWorld.Shop(image));
        world.Aws.Ecs.Deploy(
            world.Aws.Ecs.Services.Single(),
            world.Aws.Ecs.Register("ShopWeb", new Dictionary<string, string> { ["web"] = world.Image("shop/web", 'b') })
        );
        DeployByCodeDeploy(image);
        var job = new TestJobDefinition("render", 1, new Dictionary<string, string> { [""] = image });
        world.Aws.Workloads.Jobs.Add(job);
        world.Aws.Workloads.Functions.Add(new TestFunction("resize", image, image));
        world.Aws.Stacks.Exports["Shop:Image"] = image;
        var definition = world.Aws.Ecs.Definitions[0].Arn;
        world.Aws.Workloads.Rules.Add(new TestRule("nightly", [definition]));
        world.Aws.Workloads.Schedules.Add(new TestSchedule("hourly", definition));
        var import = new JsonObject { ["Fn::ImportValue"] = "Shop:Image" };
        var starts = new JsonObject
        {
            ["EcsParameters"] = new JsonObject { ["TaskDefinitionArn"] = new JsonObject { ["Ref"] = "JobTask" } },
        };
        var container = new JsonObject { ["Name"] = "job", ["Image"] = image };
        world.Aws.Stacks.Deploy(
            new StackPlan("Others", new Dictionary<string, ServicePlan>(StringComparer.Ordinal))
            {
                HasRecord = false,
                Others = new Dictionary<string, OtherPlan>(StringComparer.Ordinal)
                {
                    ["Resize"] = Of(
                        "resize",
                        "AWS::Lambda::Function",
                        "Code",
                        new JsonObject { ["ImageUri"] = import }
                    ),
                    ["Render"] = Of(
                        world.Aws.WorkloadsApi.ArnOf(job),
                        "AWS::Batch::JobDefinition",
                        "ContainerProperties",
                        new JsonObject { ["Image"] = image }
                    ),
                    ["JobTask"] = Of(
                        definition,
                        "AWS::ECS::TaskDefinition",
                        "ContainerDefinitions",
                        new JsonArray(container)
                    ),
                    ["Nightly"] = Of("nightly", "AWS::Events::Rule", "Targets", new JsonArray(starts)),
                    ["Hourly"] = Of("hourly", "AWS::Scheduler::Schedule", "Target", starts.DeepClone()),
                },
            }
        );
    }

    /// <summary>A service under CodeDeploy whose task sets do not name the deployment group.</summary>
    private void DeployByCodeDeploy(string image)
    {
        world.Aws.Stacks.Deploy(
            new StackPlan(
                "Swapped",
                new Dictionary<string, ServicePlan>
                {
                    ["Api"] = RunningWorld.Service(image) with { Controller = "CODE_DEPLOY" },
                }
            )
        );
        var service = world.Aws.Ecs.Services.Find(each => each.Name == "Swapped-Api")!;
        world.Aws.CodeDeploy.Deploy("group", service, service.Definition).Problem = "It failed.";
        service.Deployments.RemoveAt(1);
    }

    private static OtherPlan Of(string physicalId, string type, string property, JsonNode value) =>
        new(
            physicalId,
            new JsonObject
            {
                ["Type"] = type,
                ["Properties"] = new JsonObject { [property] = value },
            }
        );

    private sealed class Unheard : IVerificationProgress
    {
        public void Looked(VerificationReport report) { }

        public void Stopped(VerificationReport? report) { }
    }
}
