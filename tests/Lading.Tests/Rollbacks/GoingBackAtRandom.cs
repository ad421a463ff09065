using System.Globalization;
using System.Text.Json.Nodes;
using Lading.Testing;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>
/// Random deployments, failures, hotswaps, edits by hand, autoscaling, deleted images, faults of the API and rollbacks: a rollback
/// never starts towards an image that does not exist, never changes more than it showed, always ends with the target running or the
/// stack as before, and says which.
/// </summary>
public sealed class GoingBackAtRandom
{
    private static readonly string[] Deniable =
    [
        "GetTemplate",
        "DescribeStackEvents",
        "CreateChangeSet",
        "DescribeChangeSet",
        "ExecuteChangeSet",
        "DeleteChangeSet",
        "GetParameterHistory",
        "GetParametersByPath",
    ];

    [Fact]
    public async Task A_rollback_keeps_its_promises() => await WalkAsync(new Random(7), 40);

    [Fact(Explicit = true)]
    [Trait("Run", "soak")]
    public async Task A_rollback_keeps_its_promises_for_long()
    {
        var limit = SoakLimit.Read();
        var taken = 0;
        var tally = new Tally();
        for (var seed = limit.Seed; limit.GoesOn(taken); seed++)
        {
            // What is long over only takes time.
            tally.Add(await WalkAsync(new Random(seed), 100));
            taken += 100;
        }

        limit.Report(string.Create(CultureInfo.InvariantCulture, $"{taken} steps: {tally}"));
    }

    private static async Task<Tally> WalkAsync(Random random, int steps)
    {
        await using var world = await RollbackWorld.StartAsync();
        var walk = new Walk(world, random);
        for (var step = 0; step < steps; step++)
        {
            await walk.StepAsync(step);
        }

        Assert.True(walk.Tally.Asked > 0, "nobody went back");
        return walk.Tally;
    }

    /// <summary>How often what became of a rollback.</summary>
    private sealed class Tally
    {
        private readonly SortedDictionary<string, int> ends = new(StringComparer.Ordinal);

        public int Asked => ends.Values.Sum();

        public void Note(string end) => ends[end] = ends.GetValueOrDefault(end) + 1;

        public void Add(Tally other)
        {
            foreach (var (end, count) in other.ends)
            {
                ends[end] = ends.GetValueOrDefault(end) + count;
            }
        }

        public override string ToString() => string.Join(", ", ends.Select(each => $"{each.Key} {each.Value}"));
    }

    private sealed class Walk
    {
        private readonly RollbackWorld world;
        private readonly Random random;
        private readonly List<string> images;

        public Walk(RollbackWorld world, Random random)
        {
            (this.world, this.random) = (world, random);
            images = [.. "abcdef".Select(letter => world.Image($"{letter}"))];
            world.Aws.Stacks.Deploy(RunningWorld.Shop(images[0], hasBreaker: true));
            world.Aws.Stacks.Deploy(RunningWorld.Shop(images[1], hasBreaker: true));
        }

        public Tally Tally { get; } = new();

        private TestStack Stack => world.Aws.Stacks["Shop"];

        public async Task StepAsync(int step)
        {
            Act();
            if (random.Next(3) == 0)
            {
                await GoBackAsync($"step {step.ToString(CultureInfo.InvariantCulture)}");
            }
        }

        private void Act()
        {
            var ecs = world.Aws.Ecs;
            var service = ecs.Services.Single();
            switch (random.Next(13))
            {
                case 0 or 1 or 2 when !Stack.IsInProgress:
                    world.Aws.Stacks.Deploy(RunningWorld.Shop(Any(), 1 + random.Next(3), hasBreaker: true));
                    break;
                case 3 when !Stack.IsInProgress:
                    world.Aws.Stacks.Begin(RunningWorld.Shop(Any(), hasBreaker: true));
                    world.Aws.Stacks.Advance(TestEcs.Step * random.Next(12));
                    break;
                case 4:
                    ecs.SetFate(Any(), random.Next(2) == 0 ? ImageFate.Crashes : ImageFate.Runs);
                    break;
                case 5:
                    ecs.Deploy(service, ecs.Register("ShopWeb", new Dictionary<string, string> { ["web"] = Any() }));
                    break;
                case 6:
                    service.Desired = 1 + random.Next(4);
                    ecs.Settle();
                    break;
                case 7 when random.Next(3) == 0:
                    world.Aws.Images.Remove(("shop/web", world.DigestOf(Any())));
                    break;
                case 8 when random.Next(3) == 0:
                    world.Aws.Archived.Add(world.DigestOf(Any()));
                    break;
                case 9:
                    world.Aws.StacksApi.Denied.Add(Deniable[random.Next(Deniable.Length)]);
                    break;
                case 10:
                    // What only CloudFormation knows would change as well.
                    world.Aws.StacksApi.ChangeSets.More.Add(new TestChange("Jobs", "AWS::SQS::Queue", "Remove", ""));
                    break;
                case 11 when !Stack.IsInProgress:
                    world.Edit(template => template["Description"] = $"by hand {random.Next(100)}");
                    break;
                default:
                    world.Aws.StacksApi.Denied.Clear();
                    world.Aws.Archived.Clear();
                    images.ForEach(image => world.Aws.Images.TryAdd(("shop/web", world.DigestOf(image)), []));
                    world.Aws.Stacks.Advance(TimeSpan.FromMinutes(random.Next(15)));
                    break;
            }

            service.Tasks.RemoveAll(task => task.IsStopped);
        }

        private async Task GoBackAsync(string where)
        {
            var (text, status) = (Stack.Text, Stack.Status);
            var sets = world.Aws.StacksApi.ChangeSets;
            var begun = false;
            sets.BeforeExecution = () =>
            {
                begun = true;
                Check(sets.Sets[^1], text, where);
                if (random.Next(10) == 0)
                {
                    world.Aws.StacksApi.Denied.Add("DescribeStackEvents");
                }
            };
            string[] options = random.Next(5) switch
            {
                0 => ["--to", $"#{1 + random.Next(6)}"],
                1 => ["--to", world.DigestOf(Any())],
                2 => ["--image", "web"],
                3 => ["--dry-run"],
                _ => [],
            };

            var run = await world.RollbackAsync(["Shop", "--output", "json", .. options]);

            sets.BeforeExecution = null;
            var state = run.Out.Length > 0 ? $"{JsonNode.Parse(run.Out)!["state"]}" : $"error {run.ExitCode}";
            Tally.Note(state);
            var said = $"{where}, {state}, was {status}: {run.Error}";
            switch (state)
            {
                case "back":
                    var service = world.Aws.Ecs.Services.Single();
                    var target = $"{JsonNode.Parse(run.Out)!["containers"]![0]!["to"]}";
                    Assert.True(begun, said);
                    Assert.Contains($"@{target}\"", Stack.Text, StringComparison.Ordinal);
                    Assert.EndsWith(target, world.Running, StringComparison.Ordinal);
                    Assert.All(
                        service.Tasks.Where(task => task.IsRunning),
                        task => Assert.Equal(target, task.Digests["web"])
                    );
                    break;
                case "undone":
                    Assert.Equal(text, Stack.Text);
                    Assert.Equal("UPDATE_ROLLBACK_COMPLETE", Stack.Status);
                    break;
                case "cancelled" or "not-cancelled":
                    Assert.Equal("UPDATE_IN_PROGRESS", status);
                    Assert.Equal(state == "cancelled", Stack.Status == "UPDATE_ROLLBACK_COMPLETE");
                    break;
                case "dry-run" or "refused":
                    Assert.False(begun, said);
                    Assert.Equal(text, Stack.Text);
                    break;
                case "not-running" or "failed":
                    Assert.True(begun, said);
                    break;
                default:
                    // What cannot be watched any more goes on, and that is said; all else changed nothing.
                    Assert.True(
                        run.Error.Contains("CloudFormation goes on with Shop", StringComparison.Ordinal)
                            || (!begun && Stack.Text == text),
                        said
                    );
                    break;
            }
        }

        /// <summary>What is about to be executed: towards images that are there, and nothing but what was shown.</summary>
        private void Check(TestChangeSet set, string text, string where)
        {
            var (old, wanted) = (JsonNode.Parse(text)!, JsonNode.Parse(set.Template)!);
            var image = Take(wanted);
            Take(old);
            Assert.True(
                JsonNode.DeepEquals(old, wanted),
                $"{where}: more than the image, its record and the count changes"
            );
            var digest = image.Split('@')[1];
            Assert.True(world.Aws.Images.ContainsKey(("shop/web", digest)), $"{where}: {digest} is not there");
            Assert.False(world.Aws.Archived.Contains(digest), $"{where}: {digest} is archived");
            Assert.All(set.Changes, change => Assert.Contains(change.Id, new[] { "WebTask", "Web", "LadingRecord" }));
        }

        /// <summary>The image of a template, which is taken out with all that may change.</summary>
        private static string Take(JsonNode template)
        {
            var resources = template["Resources"]!;
            var container = resources["WebTask"]!["Properties"]!["ContainerDefinitions"]![0]!;
            var image = $"{container["Image"]}";
            container["Image"] = "";
            resources["LadingRecord"]!["Properties"]!["Value"] = "";
            resources["Web"]!["Properties"]!["DesiredCount"] = 0;
            return image;
        }

        private string Any() => images[random.Next(images.Count)];
    }
}
