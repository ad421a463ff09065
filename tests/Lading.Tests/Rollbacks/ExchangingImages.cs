using System.Text.Json.Nodes;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>
/// The table in docs/rollback.md: in which templates images can be exchanged, and which templates are refused.
/// </summary>
public sealed class ExchangingImages : IAsyncLifetime
{
    private RollbackWorld world = null!;

    public async ValueTask InitializeAsync() => world = await RollbackWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Characters_that_CloudFormation_does_not_return_are_sought_in_cdk_out()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        world.Edit(template => template["Description"] = "Läden – the shop 🛒");
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
    public async Task An_image_composed_of_parts_is_exchanged_too()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        world.Edit(template =>
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
        world.Edit(template => Container(template)["Image"] = new JsonObject { ["Ref"] = "Image" });
        world.Aws.Stacks["Shop"].Parameters["Image"] = bad;

        var run = (await world.RollbackAsync("--dry-run")).Failed(FailureKind.CheckFailed);

        Assert.Contains("WebTask/web: its image is not written in the template", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"Transform\":\"AWS::Serverless-2016-10-31\",", "the template has a transform")]
    [InlineData("", "WebTask would get what {{resolve:ssm:/shop/key}} says now")]
    public async Task Refuses_values_that_CloudFormation_would_resolve_again(string start, string said)
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        world.Edit(template => Container(template)["Command"] = new JsonArray("{{resolve:ssm:/shop/key}}"));
        var text = world.Aws.Stacks["Shop"].Text;
        world.Replace(start.Length > 0 ? start + text[1..] : text);

        var run = (await world.RollbackAsync("--dry-run")).Failed(FailureKind.CheckFailed);

        Assert.Contains(said, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task YAML_and_a_large_template_without_a_bootstrap_are_refused_with_an_alternative()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        var text = world.Aws.Stacks["Shop"].Text;

        world.Replace(
            text.Replace(
                "{\"Resources\"",
                $"{{\"Description\":\"{new string('x', 52_000)}\",\"Resources\"",
                StringComparison.Ordinal
            )
        );
        var large = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);
        world.Replace("Resources:\n  Web:\n    Type: AWS::ECS::Service\n");
        var yaml = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);

        Assert.Contains("more than 51,200 bytes", large.Out, StringComparison.Ordinal);
        Assert.Contains(
            "the template of Shop is YAML, and only JSON is supported",
            yaml.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(bad, world.Running);
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
    public async Task A_release_without_any_of_todays_containers_is_refused_as_such()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        var then = RunningWorld.Service(good) with { Images = new Dictionary<string, string> { ["old"] = good } };
        world.Deploy(new StackPlan("Shop", new Dictionary<string, ServicePlan> { ["Web"] = then }));
        world.Deploy(bad);

        var run = (await world.RollbackAsync("Shop", "--to", "#1")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            "but for WebTask/web, which keeps its image: release #1 did not have it",
            run.Out,
            StringComparison.Ordinal
        );
    }

    private static JsonNode Container(JsonNode template) =>
        template["Resources"]!["WebTask"]!["Properties"]!["ContainerDefinitions"]![0]!;
}
