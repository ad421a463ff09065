using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lading.Aws.Retention;
using Lading.Oci;
using Lading.Retention.Gathering;
using Lading.Testing;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Retention.Gathering;

/// <summary>A registry's images are listed in few calls, and manifests are read only if reading does no harm.</summary>
public sealed class ReadingRegistries : IDisposable
{
    private readonly RetentionWorld world = new();
    private readonly TestFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        world.Dispose();
    }

    [Fact]
    public async Task One_call_lists_a_thousand_images_and_no_image_has_its_own_call()
    {
        var indexes = 0;
        for (var i = 0; i < 2500; i++)
        {
            var digest = i % 10 == 0 ? AddIndex($"{i}") : DigestOf($"{i}");
            indexes += i % 10 == 0 ? 1 : 0;
            world.Aws.Images[(RetentionWorld.Repository, digest)] = [$"src-{i:x40}"];
        }

        for (var i = 0; i < 250; i++)
        {
            world.Aws.Ecs.Register($"family{i}", new Dictionary<string, string> { ["web"] = "docker.io/a" });
        }

        var report = await world.RunAsync();

        Assert.Equal(2500, report.Repositories.Single().Images.Count);
        var calls = Calls();
        Assert.Equal(1, calls["ecr:DescribeRepositories"]);
        Assert.Equal(3, calls["ecr:DescribeImages"]);
        Assert.Equal(indexes / 100 + (indexes % 100 > 0 ? 1 : 0), calls["ecr:BatchGetImage"]);
        Assert.Equal(1, calls["ecr:GetRepositoryPolicy"]);
        Assert.Equal(3, calls["ecs:ListTaskDefinitions"]);
        // ECS describes one task definition per call.
        Assert.Equal(250, calls["ecs:DescribeTaskDefinition"]);
        // No other calls grow with images or task definitions.
        Assert.Equal(
            15,
            calls
                .Where(each =>
                    !each.Key.StartsWith("ecr:", StringComparison.Ordinal)
                    && !each.Key.EndsWith("TaskDefinition", StringComparison.Ordinal)
                    && !each.Key.EndsWith("TaskDefinitions", StringComparison.Ordinal)
                )
                .Sum(each => each.Value)
        );
    }

    [Fact]
    public async Task An_index_that_was_read_is_remembered_since_reading_counts_as_a_pull()
    {
        var digest = AddIndex("one");
        world.Aws.Images[(RetentionWorld.Repository, digest)] = [RetentionWorld.Tag('a')];
        var memory = new ManifestMemory(folder.Combine("manifests"));
        using (var first = world.Open(memory: memory))
        {
            await first.ReadAsync(TestContext.Current.CancellationToken);
        }

        world.Aws.Calls.Clear();
        using var again = world.Open(memory: memory);
        var evidence = await again.ReadAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain("ecr:BatchGetImage", world.Aws.Calls);
        Assert.Equal(
            DigestOf("child of one"),
            evidence.Repositories.Single().Images.Single().Children!.Single().Digest.ToString()
        );
    }

    [Fact]
    public async Task An_index_that_does_not_match_its_digest_has_unknown_children()
    {
        world.Image('a');
        world.Aws.Ecr.Indexes[RetentionWorld.Digest('a')] = """{"schemaVersion":2,"manifests":[]}""";

        var report = await world.RunAsync();

        Assert.NotEmpty(report.Repositories.Single().Holds);
    }

    [Fact]
    public async Task An_archived_index_that_was_read_before_holds_nothing()
    {
        var digest = AddIndex("one");
        world.Aws.Images[(RetentionWorld.Repository, digest)] = [RetentionWorld.Tag('a')];
        var memory = new ManifestMemory(folder.Combine("manifests"));
        using (var first = world.Open(memory: memory))
        {
            await first.ReadAsync(TestContext.Current.CancellationToken);
        }

        world.Aws.Archived.Add(digest);
        using var again = world.Open(memory: memory);
        var evidence = await again.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Single(evidence.Repositories.Single().Images.Single().Children!);
    }

    [Fact]
    public async Task The_manifests_of_images_are_read_if_ECR_does_not_record_the_reader()
    {
        world.Image('a');
        await world.RunAsync();
        Assert.DoesNotContain("ecr:BatchGetImage", world.Aws.Calls);

        world.Aws.Ecr.Unrecorded.Add($"arn:aws:iam::{RetentionWorld.Account}:user/test");
        await world.RunAsync();

        Assert.Contains("ecr:BatchGetImage", world.Aws.Calls);
    }

    [Fact]
    public async Task A_release_is_kept_while_one_can_go_back_to_it_and_no_longer()
    {
        for (var release = 0; release < 12; release++)
        {
            world.Aws.Stacks.Deploy(Shop(world.Image("0123456789ab"[release])));
            world.Aws.Ecs.Advance(TimeSpan.FromHours(1));
        }

        world.Policy = world.Policy with { Recent = TimeSpan.Zero };
        var report = await world.RunAsync([new RecordReleases()]);

        Assert.Equal(
            "23456789ab",
            string.Concat("0123456789ab".Where(letter => FindingWhoUsesAnImage.DecisionOf(report, letter).IsKept))
        );
        Assert.Contains("release #3 of Shop in prod, one of the last 10", FindingWhoUsesAnImage.ReasonsOf(report, '2'));
    }

    [Fact]
    public async Task Deployments_that_ECS_remembers_count_and_failed_ones_do_not()
    {
        var service = world.Aws.Ecs.Create("main", "web", world.Aws.Ecs.Register("web", Only(world.Image('a'))), 1);
        world.Aws.Ecs.Settle();
        world.Aws.Ecs.Deploy(service, world.Aws.Ecs.Register("web", Only(world.Image('b'))));
        world.Aws.Ecs.Settle();
        for (var failed = 0; failed < 15; failed++)
        {
            var deployment = world.Aws.Ecs.Deploy(service, world.Aws.Ecs.Register("web", Only(world.Image('c'))));
            (deployment.Status, deployment.FinishedAt) = ("STOPPED", world.Aws.Ecs.Now);
        }

        var report = await world.RunAsync([new DeploymentReleases(11, TimeSpan.Zero)]);

        Assert.True(FindingWhoUsesAnImage.DecisionOf(report, 'a').IsKept);
        Assert.True(FindingWhoUsesAnImage.DecisionOf(report, 'b').IsKept);
        Assert.False(FindingWhoUsesAnImage.DecisionOf(report, 'c').IsKept);
    }

    [Fact]
    public async Task Deployments_of_the_same_image_count_once()
    {
        var service = world.Aws.Ecs.Create("main", "web", world.Aws.Ecs.Register("web", Only(world.Image('a'))), 1);
        world.Aws.Ecs.Settle();
        for (var forced = 0; forced < 30; forced++)
        {
            world.Aws.Ecs.Deploy(service, world.Aws.Ecs.Register("web", Only(world.Image('b'))));
            world.Aws.Ecs.Settle();
        }

        var report = await world.RunAsync([new DeploymentReleases(11, TimeSpan.Zero)]);

        Assert.True(FindingWhoUsesAnImage.DecisionOf(report, 'a').IsKept);
        Assert.True(FindingWhoUsesAnImage.DecisionOf(report, 'b').IsKept);
    }

    [Fact]
    public async Task A_deployment_counts_once_it_is_known_that_it_was_not_undone()
    {
        var service = world.Aws.Ecs.Create("main", "web", world.Aws.Ecs.Register("web", Only(world.Image('e'))), 1);
        world.Aws.Ecs.Settle();
        foreach (var next in "cdcf")
        {
            world.Aws.Ecs.Deploy(service, world.Aws.Ecs.Register("web", Only(world.Image(next))));
            world.Aws.Ecs.Settle();
        }

        // f, c and then e: d was undone, so it does not count.
        var report = await world.RunAsync([new DeploymentReleases(3, TimeSpan.Zero)]);

        Assert.True(FindingWhoUsesAnImage.DecisionOf(report, 'e').IsKept);
    }

    [Fact]
    public async Task An_image_that_a_target_keeps_stays_in_its_origin_and_an_unreadable_target_holds_it()
    {
        const string Target = "444444444444";
        var target = world.Add(Target, RetentionWorld.Region);
        world.Targets.Add(RetentionWorld.Of("live", Target, RetentionWorld.Region));
        world.Also.Add(RetentionWorld.Of("live", Target, RetentionWorld.Region));
        world.Image('a');
        world.Image('b');
        target.Images[(RetentionWorld.Repository, RetentionWorld.Digest('a'))] = [RetentionWorld.Tag('a')];
        target.Ecs.Register("web", Only($"{target.Host}/{RetentionWorld.Repository}@{RetentionWorld.Digest('a')}"));

        var report = await world.RunAsync();
        target.Ecr.Denied.Add("DescribeRepositories");
        var held = await world.RunAsync();

        Assert.True(FindingWhoUsesAnImage.DecisionOf(report, 'a').IsKept);
        Assert.False(FindingWhoUsesAnImage.DecisionOf(report, 'b').IsKept);
        Assert.Contains(
            "what live has from here is unknown",
            Assert.Single(held.Holds).Reason,
            StringComparison.Ordinal
        );
    }

    private Dictionary<string, int> Calls() =>
        world.Aws.Calls.GroupBy(call => call).ToDictionary(group => group.Key, group => group.Count());

    private string AddIndex(string name)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{DigestOf($"child of {name}")}}","size":10}]}"""
        );
        world.Aws.Ecr.Indexes[DigestOf(text)] = text;
        return DigestOf(text);
    }

    private static StackPlan Shop(string image) =>
        new("Shop", new Dictionary<string, ServicePlan> { ["Web"] = new(0, Only(image)) });

    private static Dictionary<string, string> Only(string image) => new(StringComparer.Ordinal) { ["web"] = image };

    private static string DigestOf(string text) =>
        $"sha256:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant()}";
}
