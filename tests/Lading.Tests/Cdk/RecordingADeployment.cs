using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Lading.Cdk;
using Lading.Records;

namespace Lading.Tests.Cdk;

[Collection(JsiiCollection.Name)]
public sealed class RecordingADeployment : IDisposable
{
    private static readonly string A = "sha256:" + new string('a', 64);
    private static readonly string B = "sha256:" + new string('b', 64);

    private readonly CdkProject project = new();

    public RecordingADeployment() => project.WriteLock("dev");

    public void Dispose() => project.Dispose();

    [Fact]
    public void Each_top_level_stack_records_its_images_and_those_of_its_nested_stacks()
    {
        var stack = CdkProject.Stack(new Stage(project.App(), "Dev"), "111111111111");
        CdkProject.Task(stack, "web");
        var nested = new NestedStack(stack, "Nested");
        CdkProject.Task(nested, "web", "worker");
        _ = new FargateService(
            nested,
            "Service",
            new FargateServiceProps
            {
                Cluster = Cluster(nested),
                TaskDefinition = (FargateTaskDefinition)nested.Node.FindChild("Task"),
            }
        );

        using var template = CdkProject.Json(stack);
        var (_, parameter) = Assert.Single(Parameters(template));
        using var inner = CdkProject.Json(nested);

        Assert.Equal("/lading/Dev-Storefront", parameter.GetProperty("Properties").GetProperty("Name").GetString());
        var record = RecordReader.Read([parameter.GetProperty("Properties").GetProperty("Value").GetString()!], "it");
        var task = LogicalId(template, "AWS::ECS::TaskDefinition");
        var nestedId = LogicalId(template, "AWS::CloudFormation::Stack");
        var nestedTask = $"{nestedId}/{LogicalId(inner, "AWS::ECS::TaskDefinition")}";
        Assert.Equal("dev", record.Environment);
        Assert.Equal(["web", "worker"], record.Images.Keys);
        Assert.Equal($"storefront/web@{A}", record.Images["web"].Reference);
        Assert.Equal(
            new[] { $"{task}/web", $"{nestedTask}/web" }.Order(StringComparer.Ordinal),
            record.Images["web"].UsedBy
        );
        Assert.Equal($"storefront/worker@{B}", record.Images["worker"].Reference);
        Assert.Equal([$"{nestedTask}/worker"], record.Images["worker"].UsedBy);
        Assert.Equal(
            new[] { nestedId, task }.Order(StringComparer.Ordinal),
            DependsOn(parameter).Order(StringComparer.Ordinal)
        );
        Assert.Empty(Parameters(inner));
    }

    [Fact]
    public void It_waits_for_every_service_of_the_stack_and_nothing_waits_for_it()
    {
        var stack = CdkProject.Stack(project.App(), "111111111111");
        var cluster = Cluster(stack);
        var web = CdkProject.Task(stack, "web");
        _ = new FargateService(stack, "Web", new FargateServiceProps { Cluster = cluster, TaskDefinition = web });
        var proxy = new FargateTaskDefinition(stack, "ProxyTask");
        proxy.AddContainer(
            "proxy",
            new ContainerDefinitionOptions { Image = ContainerImage.FromRegistry("docker.io/library/nginx:1.27") }
        );
        _ = new FargateService(stack, "Proxy", new FargateServiceProps { Cluster = cluster, TaskDefinition = proxy });

        using var template = CdkProject.Json(stack);
        var (id, parameter) = Assert.Single(Parameters(template));

        var services = Resources(template, "AWS::ECS::Service")
            .Select(each => each.Id)
            .ToHashSet(StringComparer.Ordinal);
        Assert.Equal(2, services.Count);
        Assert.Subset(DependsOn(parameter).ToHashSet(StringComparer.Ordinal), services);
        Assert.DoesNotContain(
            template.RootElement.GetProperty("Resources").EnumerateObject().Where(each => each.Name != id),
            each => each.Value.GetRawText().Contains(id, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("nginx", parameter.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_too_large_for_a_parameter_is_split_and_its_first_part_is_written_last()
    {
        var names = Enumerable.Range(0, 60).Select(i => $"image-{i:00}").ToArray();
        project.Write(
            "lading.json",
            $$"""
            {
              "project": "storefront",
              "images": { {{string.Join(", ", names.Select(name => $"\"{name}\": {{ \"context\": \"web\" }}"))}} },
              "environments": { "dev": { "account": "111111111111", "region": "ap-northeast-1" } }
            }
            """
        );
        project.WriteLock("dev", digits: new string('a', 60), images: names);
        var stack = CdkProject.Stack(project.App(), "111111111111");
        var cluster = Cluster(stack);
        var task = CdkProject.Task(stack, names);
        _ = new FargateService(stack, "Web", new FargateServiceProps { Cluster = cluster, TaskDefinition = task });

        using var template = CdkProject.Json(stack);
        var parameters = Parameters(template)
            .OrderBy(
                each => each.Value.GetProperty("Properties").GetProperty("Name").GetString(),
                StringComparer.Ordinal
            )
            .ToList();

        Assert.True(parameters.Count > 1);
        Assert.Equal(
            parameters.Select((_, i) => i == 0 ? "/lading/Storefront" : $"/lading/Storefront/{i + 1}"),
            parameters.Select(each => each.Value.GetProperty("Properties").GetProperty("Name").GetString())
        );
        var record = RecordReader.Read(
            [.. parameters.Select(each => each.Value.GetProperty("Properties").GetProperty("Value").GetString()!)],
            "it"
        );
        Assert.Equal(names, record.Images.Keys);
        Assert.Subset(
            DependsOn(parameters[0].Value).ToHashSet(StringComparer.Ordinal),
            parameters.Skip(1).Select(each => each.Id).ToHashSet(StringComparer.Ordinal)
        );
        var service = LogicalId(template, "AWS::ECS::Service");
        Assert.All(parameters, each => Assert.Contains(service, DependsOn(each.Value)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData("false")]
    public void The_context_switches_it_off(object value)
    {
        var stack = CdkProject.Stack(project.App(("lading:record", value)), "111111111111");
        CdkProject.Task(stack, "web");

        using var template = CdkProject.Json(stack);
        Assert.Empty(Parameters(template));
    }

    [Fact]
    public void Code_switches_it_off_for_a_stage_and_not_for_the_others()
    {
        var app = project.App();
        var (one, other) = (new Stage(app, "One"), new Stage(app, "OneMore"));
        DeploymentRecord.Disable(one);
        var stack = CdkProject.Stack(one, "111111111111");
        CdkProject.Task(stack, "web");
        var recorded = CdkProject.Stack(other, "111111111111");
        CdkProject.Task(recorded, "web");

        using var template = CdkProject.Json(stack);
        using var recordedTemplate = CdkProject.Json(recorded);
        Assert.Empty(Parameters(template));
        Assert.Single(Parameters(recordedTemplate));
    }

    [Fact]
    public void A_stack_without_Lading_images_has_none()
    {
        var stack = CdkProject.Stack(project.App(), "111111111111");
        new FargateTaskDefinition(stack, "Task").AddContainer(
            "proxy",
            new ContainerDefinitionOptions { Image = ContainerImage.FromRegistry("docker.io/library/nginx:1.27") }
        );

        using var template = CdkProject.Json(stack);
        Assert.Empty(Parameters(template));
    }

    [Fact]
    public void A_stack_within_the_tree_of_another_has_its_own_record()
    {
        var outer = CdkProject.Stack(project.App(), "111111111111");
        CdkProject.Task(outer, "web");
        var inner = new Stack(
            outer,
            "Inner",
            new StackProps
            {
                Env = new Amazon.CDK.Environment { Account = "111111111111", Region = "ap-northeast-1" },
            }
        );
        CdkProject.Task(inner, "worker");

        using var template = CdkProject.Json(outer);
        using var innerTemplate = CdkProject.Json(inner);
        Assert.Single(DependsOn(Assert.Single(Parameters(template)).Value));
        Assert.DoesNotContain(
            "worker",
            Assert.Single(Parameters(template)).Value.GetRawText(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "worker",
            Assert.Single(Parameters(innerTemplate)).Value.GetRawText(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void With_fixed_digests_the_record_is_constant_too()
    {
        var stack = CdkProject.Stack(project.App(("lading:fixed", true)), "111111111111");
        CdkProject.Task(stack, "web");

        using var template = CdkProject.Json(stack);
        var parameter = Assert.Single(Parameters(template)).Value;
        var record = RecordReader.Read([parameter.GetProperty("Properties").GetProperty("Value").GetString()!], "it");
        Assert.Null(record.Environment);
        Assert.Equal($"storefront/web@sha256:{new string('0', 64)}", Assert.Single(record.Images).Value.Reference);
    }

    [Fact]
    public void Containers_that_an_aspect_adds_are_recorded()
    {
        var stack = CdkProject.Stack(project.App(), "111111111111");
        CdkProject.Task(stack, "web");
        var late = new FargateTaskDefinition(stack, "Late");
        late.AddContainer(
            "proxy",
            new ContainerDefinitionOptions { Image = ContainerImage.FromRegistry("docker.io/library/nginx:1.27") }
        );
        Aspects.Of(late).Add(new Sidecars());

        using var template = CdkProject.Json(stack);
        var value = Assert
            .Single(Parameters(template))
            .Value.GetProperty("Properties")
            .GetProperty("Value")
            .GetString();
        Assert.Contains("/sidecar\"", value, StringComparison.Ordinal);
        Assert.Contains(
            Resources(template, "AWS::ECS::TaskDefinition"),
            each => each.Value.GetRawText().Contains("\"Name\":\"sidecar\"", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Changes_that_aspects_make_after_the_record_is_written_are_kept()
    {
        var stack = CdkProject.Stack(project.App(), "111111111111");
        CdkProject.Task(stack, "web");
        var late = new FargateTaskDefinition(stack, "Late");
        late.AddContainer("worker", new ContainerDefinitionOptions { Image = new LadingImage("worker") });
        Aspects.Of(late).Add(new Sidecars());

        using var template = CdkProject.Json(stack);
        var containers = Resources(template, "AWS::ECS::TaskDefinition")
            .Single(each => each.Id.StartsWith("Late", StringComparison.Ordinal))
            .Value.GetProperty("Properties")
            .GetProperty("ContainerDefinitions");
        Assert.Equal(2, containers.GetArrayLength());
        Assert.All(
            containers.EnumerateArray(),
            each => Assert.Equal("enabled", each.GetProperty("VersionConsistency").GetString())
        );
    }

    [Fact]
    public void Containers_ask_ECS_to_resolve_and_report_digests()
    {
        var stack = CdkProject.Stack(project.App(), "111111111111");
        var task = new FargateTaskDefinition(stack, "Task");
        task.AddContainer(
            "proxy",
            new ContainerDefinitionOptions { Image = ContainerImage.FromRegistry("docker.io/library/nginx:1.27") }
        );
        task.AddContainer("web", new ContainerDefinitionOptions { Image = new LadingImage("web") });

        using var template = CdkProject.Json(stack);
        var containers = Resources(template, "AWS::ECS::TaskDefinition")
            .Single()
            .Value.GetProperty("Properties")
            .GetProperty("ContainerDefinitions")
            .EnumerateArray()
            .ToDictionary(
                each => each.GetProperty("Name").GetString()!,
                each => each.TryGetProperty("VersionConsistency", out var said) ? said.GetString() : null
            );
        Assert.Equal("enabled", containers["web"]);
        Assert.Null(containers["proxy"]);
    }

    private static Cluster Cluster(Stack stack) =>
        new(
            stack,
            "Cluster",
            new ClusterProps
            {
                Vpc = new Vpc(stack, "Vpc", new VpcProps { NatGateways = 0, AvailabilityZones = ["ap-northeast-1a"] }),
            }
        );

    private static IEnumerable<(string Id, JsonElement Value)> Parameters(JsonDocument template) =>
        Resources(template, "AWS::SSM::Parameter");

    private static IEnumerable<(string Id, JsonElement Value)> Resources(JsonDocument template, string type) =>
        template
            .RootElement.GetProperty("Resources")
            .EnumerateObject()
            .Where(each => each.Value.GetProperty("Type").GetString() == type)
            .Select(each => (each.Name, each.Value));

    private static string LogicalId(JsonDocument template, string type) => Assert.Single(Resources(template, type)).Id;

    private static IEnumerable<string> DependsOn(JsonElement resource) =>
        resource.GetProperty("DependsOn").EnumerateArray().Select(each => each.GetString()!);

    private sealed class Sidecars : Amazon.JSII.Runtime.Deputy.DeputyBase, IAspect
    {
        public void Visit(Constructs.IConstruct node)
        {
            if (node is FargateTaskDefinition task && task.FindContainer("sidecar") is null)
            {
                task.AddContainer("sidecar", new ContainerDefinitionOptions { Image = new LadingImage("worker") });
            }
        }
    }
}
