using System.Text.Json.Nodes;
using Lading.Testing;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Rollbacks.Walks;

/// <summary>Rolls back now and then, and checks the promises for each rollback.</summary>
internal sealed class WalkRollbacks(RollbackWorld world, Random random, WalkActs acts, WalkTally tally)
{
    private TestStack Stack => world.Aws.Stacks["Shop"];

    public async Task GoBackAsync(string where)
    {
        var (text, status) = (Stack.Text, Stack.Status);
        var begun = false;
        var sets = world.Aws.StacksApi.ChangeSets;
        sets.BeforeExecution = () =>
        {
            begun = true;
            // An update that was under way may have ended meanwhile.
            text = Stack.Text;
            Check(sets.Sets[^1], text, where);
            MeetTrouble(sets.Sets[^1]);
        };
        if (random.Next(6) == 0)
        {
            // The update ends just before it is cancelled.
            sets.BeforeCancellation = () => world.Aws.Stacks.Advance(TimeSpan.FromHours(1));
        }

        var run = await world.RollbackAsync(["Shop", "--output", "json", .. Options()]);

        (sets.BeforeExecution, sets.BeforeCancellation) = (null, null);
        (world.Aws.Stacks.WhenDone, world.Aws.Stacks.FailsToTakeBack) = (null, false);
        var state = run.Out.Length > 0 ? $"{JsonNode.Parse(run.Out)!["state"]}" : $"error {run.ExitCode}";
        tally.End(state);
        Check(state, run, (text, status, begun), $"{where}, {state}, was {status}, is {Stack.Status}: {run.Error}");
    }

    private string[] Options() =>
        random.Next(5) switch
        {
            0 => ["--to", $"#{1 + random.Next(6)}"],
            1 => ["--to", world.DigestOf(acts.AnyImage())],
            2 => ["--image", "web"],
            3 => ["--dry-run"],
            _ => [],
        };

    /// <summary>Makes something go wrong after it has begun.</summary>
    private void MeetTrouble(TestChangeSet set)
    {
        switch (random.Next(12))
        {
            case 0:
                world.Aws.StacksApi.Denied.Add("DescribeStackEvents");
                break;
            case 1:
                world.Aws.Throttled["DescribeStacks"] = 20;
                break;
            case 2 or 3:
                world.Aws.Ecs.SetFate(ImageOf(JsonNode.Parse(set.Template)!), ImageFate.Crashes);
                world.Aws.Stacks.FailsToTakeBack = random.Next(2) == 0;
                break;
            case 4:
                world.Aws.Stacks.WhenDone = () =>
                {
                    var ecs = world.Aws.Ecs;
                    ecs.Deploy(
                        ecs.Services.Single(),
                        ecs.Register("ShopWeb", new Dictionary<string, string> { ["web"] = acts.AnyImage() })
                    );
                };
                break;
        }
    }

    private void Check(string state, ToolRun run, (string Text, string Status, bool HasBegun) before, string said)
    {
        switch (state)
        {
            case "back":
                Assert.True(before.HasBegun, said);
                AssertRuns(TargetOf(run));
                break;
            case "not-running":
                Assert.True(before.HasBegun, said);
                Assert.Contains($"@{TargetOf(run)}\"", Stack.Text, StringComparison.Ordinal);
                break;
            case "undone":
                Assert.Equal(before.Text, Stack.Text);
                Assert.Equal("UPDATE_ROLLBACK_COMPLETE", Stack.Status);
                Assert.True((bool)JsonNode.Parse(run.Out)!["asBefore"]!, said);
                break;
            case "failed":
                Assert.True(before.HasBegun, said);
                Assert.Equal("UPDATE_ROLLBACK_FAILED", Stack.Status);
                break;
            case "cancelled" or "not-cancelled":
                Assert.Equal("UPDATE_IN_PROGRESS", before.Status);
                Assert.Equal(state == "cancelled", Stack.Status == "UPDATE_ROLLBACK_COMPLETE");
                break;
            case "dry-run" or "refused":
                AssertUntouched(before, said);
                break;
            default:
                // The error says if the update can no longer be watched; any other error changed nothing.
                if (!run.Error.Contains("No longer watching.", StringComparison.Ordinal))
                {
                    AssertUntouched(before, said);
                }

                break;
        }
    }

    /// <summary>Nothing was begun, and the stack is as before, unless somebody else's update ended meanwhile.</summary>
    private void AssertUntouched((string Text, string Status, bool HasBegun) before, string said)
    {
        Assert.False(before.HasBegun, said);
        Assert.True(
            Stack.Text == before.Text || before.Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal),
            said
        );
    }

    private void AssertRuns(string digest)
    {
        Assert.Contains($"@{digest}\"", Stack.Text, StringComparison.Ordinal);
        Assert.EndsWith(digest, world.Running, StringComparison.Ordinal);
        Assert.All(
            world.Aws.Ecs.Services.Single().Tasks.Where(task => task.IsRunning),
            task => Assert.Equal(digest, task.Digests["web"])
        );
    }

    /// <summary>
    /// Checks a change set before its execution: its images exist, and it changes only what was shown.
    /// </summary>
    private void Check(TestChangeSet set, string text, string where)
    {
        var (old, wanted) = (JsonNode.Parse(text)!, JsonNode.Parse(set.Template)!);
        var digest = ImageOf(wanted).Split('@')[1];
        TakeWhatMayChange(old);
        TakeWhatMayChange(wanted);
        Assert.True(
            JsonNode.DeepEquals(old, wanted),
            $"{where}: more than the image, its record and the count changes"
        );
        Assert.True(world.Aws.Images.ContainsKey(("shop/web", digest)), $"{where}: {digest} is not there");
        Assert.False(world.Aws.Archived.Contains(digest), $"{where}: {digest} is archived");
        Assert.All(set.Changes, change => Assert.Contains(change.Id, new[] { "WebTask", "Web", "LadingRecord" }));
    }

    private static string TargetOf(ToolRun run) => $"{JsonNode.Parse(run.Out)!["containers"]![0]!["to"]}";

    private static string ImageOf(JsonNode template) => $"{Container(template)["Image"]}";

    private static void TakeWhatMayChange(JsonNode template)
    {
        Container(template)["Image"] = "";
        template["Resources"]!["LadingRecord"]!["Properties"]!["Value"] = "";
        template["Resources"]!["Web"]!["Properties"]!["DesiredCount"] = 0;
    }

    private static JsonNode Container(JsonNode template) =>
        template["Resources"]!["WebTask"]!["Properties"]!["ContainerDefinitions"]![0]!;
}
