using System.Text.Json.Nodes;
using Lading.Testing.Cloud.Ecs;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>What a rollback does not undo is listed beforehand, since the older image may not expect it.</summary>
public sealed class NamingWhatStays : IAsyncLifetime
{
    private RollbackWorld world = null!;

    public async ValueTask InitializeAsync() => world = await RollbackWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Settings_of_the_task_definition_that_differed_are_named()
    {
        world.Deploy(world.Image("good"), world.Image("bad"));
        world.Aws.EcsApi.Change = (operation, answer) =>
        {
            if (operation == "DescribeTaskDefinition")
            {
                Set(answer["taskDefinition"]!.AsObject());
            }
        };

        var dry = (await world.RollbackAsync("--dry-run")).Succeeded();
        using var document = (await world.RollbackAsync("--dry-run", "--output", "json")).Succeeded().Document();

        Assert.Contains(
            "WebTask  AWS::ECS::TaskDefinition, changed: command of web, cpu, environment DATABASE of web, secrets KEY of web\n",
            dry.Out,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("postgres://", dry.Out, StringComparison.Ordinal);
        Assert.Equal(4, document.RootElement.GetProperty("settings")[0].GetProperty("names").GetArrayLength());
    }

    [Fact]
    public async Task Nothing_is_named_if_only_the_image_changed()
    {
        world.Deploy(world.Image("good"), world.Image("bad"));

        var dry = (await world.RollbackAsync("--dry-run")).Succeeded();

        Assert.DoesNotContain("Not undone", dry.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_in_nested_stacks_are_named_and_not_the_stacks()
    {
        var shop = new NestedShop(world);
        shop.Deploy(world.Image("good"));
        shop.Deploy(world.Image("bad"), "more-jobs");

        var dry = (await world.RollbackAsync("Shop", "--dry-run")).Succeeded();

        Assert.Matches("  Jobs +AWS::SQS::Queue, ", dry.Out);
        Assert.DoesNotContain("AWS::CloudFormation::Stack", dry.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_of_an_update_that_was_undone_are_not_named()
    {
        var (good, bad, worse) = (world.Image("good"), world.Image("bad"), world.Image("worse"));
        world.Deploy(RunningWorld.Shop(good, hasBreaker: true));
        world.Deploy(RunningWorld.Shop(bad, hasBreaker: true));
        world.Aws.Ecs.SetFate(worse, ImageFate.Crashes);
        world.Deploy(
            RunningWorld.Shop(worse, hasBreaker: true) with
            {
                Others = new Dictionary<string, Testing.Cloud.Stacks.OtherPlan>
                {
                    ["Jobs"] = new(
                        "jobs",
                        new JsonObject { ["Type"] = "AWS::SQS::Queue", ["Properties"] = new JsonObject() }
                    ),
                },
            }
        );

        var dry = (await world.RollbackAsync("Shop", "--dry-run")).Succeeded();

        Assert.Matches("Shop now +#2 ", dry.Out);
        Assert.DoesNotContain("Jobs", dry.Out, StringComparison.Ordinal);
    }

    /// <summary>The second revision has other settings, and lists the rest in another order.</summary>
    private static void Set(JsonObject definition)
    {
        var isFirst = definition["revision"]!.GetValue<int>() == 1;
        var container = definition["containerDefinitions"]![0]!.AsObject();
        definition["cpu"] = isFirst ? "256" : "512";
        definition["registeredAt"] = isFirst ? 1 : 2;
        if (!isFirst)
        {
            container["command"] = new JsonArray("serve", "--new");
            container["secrets"] = new JsonArray(Pair("KEY", "arn"));
        }

        JsonObject[] variables =
        [
            Pair("DATABASE", isFirst ? "postgres://old" : "postgres://new"),
            Pair("LOG_LEVEL", "info"),
        ];
        container["environment"] = new JsonArray([.. isFirst ? variables : variables.Reverse()]);
    }

    private static JsonObject Pair(string name, string value) => new() { ["name"] = name, ["value"] = value };
}
