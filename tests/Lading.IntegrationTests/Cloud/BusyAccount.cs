using System.Text.Json.Nodes;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;
using Lading.Testing.Cloud.Trail;
using Lading.Testing.Cloud.Workloads;

namespace Lading.IntegrationTests.Cloud;

/// <summary>
/// An account in which everything happens that its stand-ins support: the more members their answers have, the better.
/// </summary>
internal static class BusyAccount
{
    public const string Account = "222222222222";
    public const string Region = "eu-central-1";

    public static TestAws Create()
    {
        var aws = new TestAws(Account, Region, new DateTimeOffset(2026, 11, 28, 6, 0, 0, TimeSpan.Zero));
        aws.Stacks.Deploy(Shop(aws, 'a'));
        Fail(aws, 'b', ImageFate.CannotBePulled);
        Fail(aws, 'c', ImageFate.IsForAnotherPlatform);
        Fail(aws, 'd', ImageFate.IsUnhealthy);
        Fail(aws, 'e', ImageFate.RunsOutOfMemory);
        AddOthers(aws);
        AddSingleTask(aws);
        aws.Stacks.Parameters["/lading/Shop"].Add((aws.Stacks.Parameters["/lading/Shop"][0].Value, aws.Ecs.Now));
        aws.Stacks.Exports["Shop:Cluster"] = "main";
        aws.Trail.Events.Add(new TrailEvent(aws.Ecs.Now, "ExecuteChangeSet", "Shop", "alice"));

        // The last update is in progress: a bake time, an unfinished task set, and two deployments of one service.
        aws.Stacks.Begin(Shop(aws, 'f'));
        aws.Ecs.Alarms.Add("Errors");
        aws.Stacks.Advance(TimeSpan.FromSeconds(40));
        var web = aws.Ecs.Services.Find(service => service.Name == "Shop-Web")!;
        aws.Ecs.Deploy(web, aws.Ecs.Register("ShopWeb", Only(Image(aws, 'g'))));
        aws.Ecs.Advance(TestEcs.Step);
        var swapped = aws.Ecs.Services.Find(service => service.Name == "Shop-Swapped")!;
        var failed = aws.CodeDeploy.Deploy("group", swapped, aws.Ecs.Register("ShopSwapped", Only(Image(aws, 'e'))));
        failed.Problem = "The deployment timed out.";
        failed.RolledBackBy = "d-000000002";
        aws.CodeDeploy.Deploy("group", swapped, aws.Ecs.Register("ShopSwapped", Only(Image(aws, 'g')))).IsYaml = true;
        aws.Ecs.Advance(TestEcs.Step);
        return aws;
    }

    private static void Fail(TestAws aws, char letter, ImageFate fate)
    {
        aws.Ecs.SetFate(Image(aws, letter), fate);
        aws.Stacks.Deploy(Shop(aws, letter));
    }

    private static StackPlan Shop(TestAws aws, char letter) =>
        new(
            "Shop",
            new Dictionary<string, ServicePlan>(StringComparer.Ordinal)
            {
                ["Web"] = new(2, Only(Image(aws, letter))) { HasBreaker = true },
                ["Alarmed"] = new(1, Only(Image(aws, letter))) { Alarms = ["Errors"] },
                ["Green"] = new(1, Only(Image(aws, letter)))
                {
                    Strategy = "BLUE_GREEN",
                    BakeTime = TimeSpan.FromMinutes(5),
                },
                ["Canary"] = new(1, Only(Image(aws, letter))) { Strategy = "CANARY" },
                ["Linear"] = new(1, Only(Image(aws, letter))) { Strategy = "LINEAR" },
                ["Swapped"] = new(1, Only(Image(aws, 'a'))) { Controller = "CODE_DEPLOY", Strategy = "BLUE_GREEN" },
                ["Apart"] = new(1, Only(Image(aws, 'a'))) { Controller = "EXTERNAL" },
            }
        );

    private static void AddOthers(TestAws aws)
    {
        var image = Image(aws, 'a');
        aws.Workloads.Functions.Add(new TestFunction("resize", image, image));
        aws.OtherImages.AppRunner["site"] = image;
        aws.OtherImages.Models["taste"] = image;
        aws.OtherImages.Builds["ci"] = image;
        aws.OtherImages.StateMachines["orders"] = "{}";
        aws.OtherImages.StateMachines["orders:1"] = "{}";
        aws.Ecr.Policies["shop/web"] = """{"Version":"2012-10-17","Statement":[]}""";
        aws.Ecr.Replicas.Add((Account, "eu-west-1"));
        aws.Ecr.Unrecorded.Add($"arn:aws:iam::{Account}:role/prune");
        aws.Workloads.Jobs.Add(
            new TestJobDefinition("one", 3, new Dictionary<string, string>(StringComparer.Ordinal) { [""] = image })
        );
        aws.Workloads.Jobs.Add(new TestJobDefinition("two", 1, Only(image)) { IsActive = false });
        aws.Workloads.QueuedJobs.Add(new TestJob("render", image));
        var definition = aws.Ecs.Definitions[0].Arn;
        aws.Workloads.Rules.Add(new TestRule("nightly", [definition]));
        aws.Workloads.Schedules.Add(new TestSchedule("hourly", definition) { Group = "jobs", IsEnabled = false });
        var nested = aws.Stacks.Deploy(
            new StackPlan("Shop-Inner", new Dictionary<string, ServicePlan>(StringComparer.Ordinal))
            {
                HasRecord = false,
                Others = new Dictionary<string, OtherPlan>(StringComparer.Ordinal)
                {
                    ["Resize"] = new("resize", new JsonObject { ["Type"] = "AWS::Lambda::Function" }),
                },
            }
        );
        nested.ParentId = aws.Stacks["Shop"].Id;
        nested.Parameters["Stage"] = "prod";
    }

    private static void AddSingleTask(TestAws aws)
    {
        var untold = aws.Ecs.Register("untold", Only($"{aws.Host}/shop/web:stable"));
        aws.Ecs.Run("main", untold);
        aws.Images[("shop/web", Digest('0'))] = [];
        aws.Indexes[Digest('0')] = """{"schemaVersion":2,"manifests":[]}""";
        aws.Archived.Add(Digest('0'));
    }

    public static string Digest(char letter) => $"sha256:{new string(letter, 64)}";

    private static string Image(TestAws aws, char letter)
    {
        aws.Images[("shop/web", Digest(letter))] = [$"git-{letter}"];
        return $"{aws.Host}/shop/web@{Digest(letter)}";
    }

    private static Dictionary<string, string> Only(string image) => new(StringComparer.Ordinal) { ["web"] = image };
}
