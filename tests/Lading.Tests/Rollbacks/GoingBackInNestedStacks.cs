using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Rollbacks;

/// <summary>Templates that CloudFormation reads from a bucket: those of nested stacks, and large ones.</summary>
public sealed class GoingBackInNestedStacks : IAsyncLifetime
{
    private RollbackWorld world = null!;
    private NestedShop shop = null!;

    public async ValueTask InitializeAsync()
    {
        world = await RollbackWorld.StartAsync();
        shop = new NestedShop(world);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task The_nested_template_is_written_to_the_bootstraps_bucket_and_its_parent_refers_to_it()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        shop.Deploy(good);
        var key = shop.KeyOf("Inner");
        shop.Deploy(bad);
        var (before, left) = (world.Aws.Stacks["Shop"].Text, shop.KeyOf("Inner"));

        var run = (await world.RollbackAsync("Shop")).Succeeded();

        Assert.Equal(good, world.Running);
        Assert.Contains($"a template is written to {NestedShop.Bucket} first", run.Error, StringComparison.Ordinal);
        Assert.Contains("Inner/WebTask/web", run.Error, StringComparison.Ordinal);
        Assert.Matches("it updates [^\n]*Inner/WebTask, Inner/Web, and nothing else\n", run.Error);
        // The text has the key that the CDK gave it before, and nothing else of the address changes.
        Assert.Equal(key, shop.KeyOf("Inner"));
        Assert.Contains("rolledBackFrom", world.Aws.Stacks["Shop"].Text, StringComparison.Ordinal);
        Assert.Equal(
            WithoutRecord(before).Replace(left, key, StringComparison.Ordinal),
            WithoutRecord(world.Aws.Stacks["Shop"].Text)
        );
    }

    [Fact]
    public async Task Back_and_forth_twice_gives_the_same_templates()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        shop.Deploy(good);
        shop.Deploy(bad);
        var texts = new List<(string, string)>();
        foreach (var image in new[] { good, bad, good, bad })
        {
            (await world.RollbackAsync("Shop", "--to", world.DigestOf(image))).Succeeded();
            Assert.Equal(image, world.Running);
            texts.Add((world.Aws.Stacks["Shop"].Text, world.Aws.Stacks["Shop-Inner-1A2B"].Text));
        }

        Assert.Equal(texts[0], texts[2]);
        Assert.Equal(texts[1], texts[3]);
    }

    [Fact]
    public async Task A_service_of_the_same_logical_id_in_another_nested_stack_is_left_alone()
    {
        var (good, bad, other) = (
            world.Image("good"),
            world.Image("bad"),
            world.Image("other", repository: "shop/other")
        );
        shop.Deploy(good, beside: other);
        shop.Deploy(bad, beside: other);
        world.Aws.Ecs.Services.Single(service => service.Name.Contains("Other", StringComparison.Ordinal)).Desired = 5;
        world.Aws.Ecs.Settle();

        var run = (await world.RollbackAsync("Shop")).Succeeded();

        Assert.Contains("a template is written to", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("5 tasks", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_missing_from_the_bucket_is_restored_at_its_address()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        shop.Deploy(good);
        shop.Deploy(bad);
        var key = shop.KeyOf("Other");
        world.Aws.Buckets.Objects.Clear();

        var run = (await world.RollbackAsync("Shop")).Succeeded();

        Assert.Equal(good, world.Running);
        Assert.Contains($"2 templates are written to {NestedShop.Bucket} first", run.Error, StringComparison.Ordinal);
        Assert.Equal(key, shop.KeyOf("Other"));
        Assert.Equal(world.Aws.Stacks["Shop-Other-3C4D"].Text, world.Aws.Buckets.Objects[(NestedShop.Bucket, key)]);
    }

    [Fact]
    public async Task Another_template_at_the_same_address_is_not_deployed()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        shop.Deploy(good);
        shop.Deploy(bad);
        var key = shop.KeyOf("Other");
        world.Aws.Buckets.Objects[(NestedShop.Bucket, key)] = """{"Resources":{}}""";

        (await world.RollbackAsync("Shop")).Succeeded();

        Assert.Equal(good, world.Running);
        Assert.Contains("Jobs", world.Aws.Stacks["Shop-Other-3C4D"].Text, StringComparison.Ordinal);
        // The other template is still there for whoever wrote it.
        Assert.Equal("""{"Resources":{}}""", world.Aws.Buckets.Objects[(NestedShop.Bucket, key)]);
        Assert.NotEqual(key, shop.KeyOf("Other"));
    }

    [Fact]
    public async Task An_unintended_change_in_a_nested_stack_is_refused_and_named()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        shop.Deploy(good);
        shop.Deploy(bad);
        // The first change set to be created is that of a nested stack.
        world.Aws.StacksApi.ChangeSets.More.Add(new TestChange("Jobs", "AWS::SQS::Queue", "Remove", ""));

        var run = (await world.RollbackAsync("Shop")).Failed(FailureKind.CheckFailed);

        Assert.Contains("/Jobs (AWS::SQS::Queue): it would be deleted", run.Error, StringComparison.Ordinal);
        Assert.Equal(bad, world.Running);
    }

    [Fact]
    public async Task A_failing_nested_service_rolls_everything_back()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        shop.Deploy(good);
        shop.Deploy(bad);
        var nested = world.Aws.Stacks["Shop-Inner-1A2B"];
        nested.Plan = nested.Plan with
        {
            Services = nested.Plan.Services.ToDictionary(
                each => each.Key,
                each => each.Value with { HasBreaker = true }
            ),
        };
        world.Aws.Ecs.SetFate(good, Testing.Cloud.Ecs.ImageFate.Crashes);

        var run = (await world.RollbackAsync("Shop")).Failed(FailureKind.Failed);

        Assert.Contains("CloudFormation rolled back to what ran before, #2", run.Out, StringComparison.Ordinal);
        Assert.Contains("Read back, it names the images of before.", run.Out, StringComparison.Ordinal);
        Assert.Equal(bad, world.Running);
    }

    [Fact]
    public async Task A_template_above_51200_bytes_is_read_from_the_bucket()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        world.Aws.Buckets.Names.Add(NestedShop.Bucket);
        world.Edit(template =>
        {
            template["Description"] = new string('x', 52_000);
            template["Parameters"] = System.Text.Json.Nodes.JsonNode.Parse(
                """{"BootstrapVersion":{"Type":"AWS::SSM::Parameter::Value<String>","Default":"/cdk-bootstrap/hnb659fds/version"}}"""
            );
        });

        (await world.RollbackAsync()).Succeeded();

        Assert.Equal(good, world.Running);
        var request = world.Aws.StacksApi.ChangeSets.Requests[^1];
        Assert.False(request.ContainsKey("TemplateBody"));
        Assert.StartsWith(
            $"https://s3.eu-central-1.amazonaws.com/{NestedShop.Bucket}/",
            request["TemplateURL"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_lost_character_is_found_in_the_bootstraps_bucket()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        world.Edit(template => template["Description"] = "Läden & 店");
        world.Aws.Stacks["Shop"].Role = NestedShop.Role;
        world.Aws.Buckets.Names.Add(NestedShop.Bucket);
        var text = world.Aws.Stacks["Shop"].Text;

        var nowhere = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);
        world.Aws.Buckets.Objects[(NestedShop.Bucket, "0other.json")] = text.Replace(
            "Läden",
            "Löden!",
            StringComparison.Ordinal
        );
        world.Aws.Buckets.Objects[(NestedShop.Bucket, "1shop.json")] = text;
        (await world.RollbackAsync()).Succeeded();

        Assert.Contains($"bucket {NestedShop.Bucket}", nowhere.Error, StringComparison.Ordinal);
        Assert.Equal(good, world.Running);
        Assert.Contains("Läden & 店", world.Aws.Stacks["Shop"].Text, StringComparison.Ordinal);
    }

    private static string WithoutRecord(string template)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(template)!;
        node["Resources"]!.AsObject().Remove("LadingRecord");
        return node.ToJsonString();
    }
}
