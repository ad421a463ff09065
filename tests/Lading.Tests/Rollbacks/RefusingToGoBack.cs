using System.Text.Json.Nodes;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>The table of docs/rollback.md, and what a change set may not do: nothing is changed where something is in the way.</summary>
public sealed class RefusingToGoBack : IAsyncLifetime
{
    private RollbackWorld world = null!;

    public async ValueTask InitializeAsync() => world = await RollbackWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_change_set_that_does_more_is_deleted_and_force_executes_it()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        AddQueue();

        var run = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);
        Assert.Contains(
            "more than the images would change. Jobs (AWS::SQS::Queue): its VisibilityTimeout would change",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.True(Assert.Single(world.Aws.StacksApi.ChangeSets.Sets).IsDeleted);
        Assert.Equal(bad, world.Running);

        AddQueue();
        (await world.RollbackAsync("--force")).Succeeded();
        Assert.Equal(good, world.Running);
    }

    [Fact]
    public async Task A_parameter_that_moved_is_refused_and_one_that_only_a_rule_reads_is_not()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        var stack = world.Aws.Stacks["Shop"];
        Edit(template =>
        {
            template["Parameters"] = new JsonObject
            {
                ["Ami"] = new JsonObject(),
                ["BootstrapVersion"] = new JsonObject(),
            };
            template["Rules"] = new JsonObject { ["Check"] = new JsonObject { ["Ref"] = "BootstrapVersion" } };
            template["Resources"]!["Host"] = new JsonObject
            {
                ["Type"] = "AWS::EC2::Instance",
                ["Properties"] = new JsonObject { ["ImageId"] = new JsonObject { ["Ref"] = "Ami" } },
            };
        });
        foreach (var (name, was, now) in new[] { ("Ami", "ami-1", "ami-1"), ("BootstrapVersion", "20", "21") })
        {
            stack.Parameters[name] = $"/{name}";
            (stack.Resolved[name], stack.ResolvedNow[name]) = (was, now);
        }

        (await world.RollbackAsync()).Succeeded();
        Edit(template => template["Parameters"] = new JsonObject { ["Ami"] = new JsonObject() });
        stack.ResolvedNow["Ami"] = "ami-2";
        var run = (await world.RollbackAsync("--to", "#2")).Failed(FailureKind.CheckFailed);

        Assert.Contains("its ImageId would change with parameter Ami", run.Error, StringComparison.Ordinal);
        Assert.Contains("parameter Ami was ami-1 and comes to ami-2 now", run.Error, StringComparison.Ordinal);
        Assert.Equal(good, world.Running);
    }

    [Fact]
    public async Task Characters_that_CloudFormation_does_not_give_back_are_looked_for_in_cdk_out()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        Edit(template => template["Description"] = "Läden – the shop 🛒");
        var original = world.Aws.Stacks["Shop"].Text;

        var run = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);
        Assert.Contains("it has one at /Description", run.Error, StringComparison.Ordinal);

        var folder = Directory.CreateDirectory(Path.Combine(world.Folder, "cdk.out"));
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "Other.template.json"),
            original.Replace("shop", "stop", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );
        (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "Shop.template.json"),
            original,
            TestContext.Current.CancellationToken
        );
        (await world.RollbackAsync()).Succeeded();

        Assert.Equal(good, world.Running);
        Assert.Contains("Läden – the shop", world.Aws.StacksApi.ChangeSets.Sets[^1].Template, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_is_replaced_by_the_digest_that_ran()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        foreach (var (tag, image) in new[] { ("one", good), ("two", bad) })
        {
            var digest = world.DigestOf(image);
            world.Aws.Images[("shop/web", digest)] = [tag];
            world.Aws.Ecs.SetTag($"{world.Aws.Host}/shop/web:{tag}", digest);
            world.Deploy(RunningWorld.Shop($"{world.Aws.Host}/shop/web:{tag}") with { HasRecord = false });
        }

        (await world.RollbackAsync("Shop")).Succeeded();

        Assert.Equal(good, world.Running);
        Assert.Contains($"/shop/web@{world.DigestOf(good)}\"", world.Aws.Stacks["Shop"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_in_parts_of_a_text_is_exchanged_too()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        Edit(template =>
            Container(template)["Image"] = new JsonObject
            {
                ["Fn::Join"] = new JsonArray(
                    "",
                    new JsonArray(
                        "222222222222.dkr.ecr.eu-central-1.",
                        new JsonObject { ["Ref"] = "AWS::URLSuffix" },
                        $"/shop/web@{world.DigestOf(bad)}"
                    )
                ),
            }
        );

        (await world.RollbackAsync()).Succeeded();

        Assert.Equal(good, world.Running);
    }

    [Fact]
    public async Task An_image_from_a_parameter_is_refused()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        Edit(template => Container(template)["Image"] = new JsonObject { ["Ref"] = "Image" });
        world.Aws.Stacks["Shop"].Parameters["Image"] = bad;

        var run = (await world.RollbackAsync("--dry-run")).Failed(FailureKind.CheckFailed);

        Assert.Contains("WebTask/web: its image is not written in the template", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"Transform\":\"AWS::Serverless-2016-10-31\",", "the template has a transform")]
    [InlineData("", "WebTask would get what {{resolve:ssm:/shop/key}} says now")]
    public async Task What_CloudFormation_would_read_again_is_refused(string start, string said)
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        Edit(template => Container(template)["Command"] = new JsonArray("{{resolve:ssm:/shop/key}}"));
        var text = world.Aws.Stacks["Shop"].Text;
        Replace(start.Length > 0 ? start + text[1..] : text);

        var run = (await world.RollbackAsync("--dry-run")).Failed(FailureKind.CheckFailed);

        Assert.Contains(said, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nested_stacks_and_YAML_and_large_templates_are_refused_with_another_way()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        var text = world.Aws.Stacks["Shop"].Text;

        Edit(template => template["Resources"]!["Inner"] = new JsonObject { ["Type"] = "AWS::CloudFormation::Stack" });
        var nested = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);
        Replace(
            text.Replace(
                "{\"Resources\"",
                $"{{\"Description\":\"{new string('x', 52_000)}\",\"Resources\"",
                StringComparison.Ordinal
            )
        );
        var large = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);

        Assert.Contains("it has nested stacks", nested.Error, StringComparison.Ordinal);
        Assert.Contains("more than 51,200 bytes", large.Out, StringComparison.Ordinal);
        Assert.Equal(bad, world.Running);
    }

    [Fact]
    public async Task A_service_that_CodeDeploy_deploys_is_refused()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        world.Aws.Ecs.Services.Single().Controller = "CODE_DEPLOY";

        var run = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);

        Assert.Contains("Web: CodeDeploy deploys it", run.Out, StringComparison.Ordinal);
        Assert.Contains("aws deploy create-deployment", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_the_release_did_not_have_keeps_its_image_and_is_named()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good);
        var both = RunningWorld.Service(bad) with
        {
            Images = new Dictionary<string, string>
            {
                ["web"] = bad,
                ["helper"] = world.Image("helper", repository: "shop/helper"),
            },
        };
        world.Deploy(new StackPlan("Shop", new Dictionary<string, ServicePlan> { ["Web"] = both }));

        var run = (await world.RollbackAsync()).Succeeded();

        Assert.Contains(
            "WebTask/helper  keeps its image: release #1 did not have it",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(
            [good, both.Images["helper"]],
            world.Aws.Ecs.Services.Single().Definition.Images.Values.Order(StringComparer.Ordinal).Reverse()
        );
    }

    [Fact]
    public async Task What_fails_on_the_way_leaves_the_stack_as_it_is()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        var sets = world.Aws.StacksApi.ChangeSets;

        world.Aws.StacksApi.Denied.Add("CreateChangeSet");
        var denied = (await world.RollbackAsync()).Failed(FailureKind.Failed);
        world.Aws.StacksApi.Denied.Clear();
        sets.FailsToMake = "Template format error: something";
        var unmade = (await world.RollbackAsync()).Failed(FailureKind.Failed);
        sets.BeforeExecution = () => world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("third")));
        var late = (await world.RollbackAsync()).Failed(FailureKind.Failed);

        Assert.Contains("Allow cloudformation:CreateChangeSet", denied.Error, StringComparison.Ordinal);
        Assert.Contains("could not make the change set: Template format error", unmade.Error, StringComparison.Ordinal);
        Assert.Contains("Somebody else updated the stack meanwhile", late.Error, StringComparison.Ordinal);
        Assert.NotEqual(good, world.Running);
    }

    /// <summary>The template as it would be had it been deployed with a change.</summary>
    private void Edit(Action<JsonNode> change)
    {
        var template = JsonNode.Parse(world.Aws.Stacks["Shop"].Text)!;
        change(template);
        Replace(
            template.ToJsonString(
                new System.Text.Json.JsonSerializerOptions
                {
                    Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            )
        );
    }

    private void Replace(string text)
    {
        var stack = world.Aws.Stacks["Shop"];
        stack.Plan = stack.Plan with { Text = text };
    }

    /// <summary>Something that only CloudFormation knows.</summary>
    private void AddQueue()
    {
        var change = new TestChange("Jobs", "AWS::SQS::Queue", "Modify", "False");
        change.Details.Add(new TestChangeDetail("VisibilityTimeout", "Static", "DirectModification", ""));
        world.Aws.StacksApi.ChangeSets.More.Add(change);
    }

    private static JsonNode Container(JsonNode template) =>
        template["Resources"]!["WebTask"]!["Properties"]!["ContainerDefinitions"]![0]!;
}
