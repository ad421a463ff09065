using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Lading.Oci;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;

namespace Lading.Tests.Retention.Gathering;

/// <summary>
/// The number of calls grows with pages and task definitions, not with images; ./build bench cleanup uses 100,000
/// images.
/// </summary>
public sealed class CleaningUpMuch : IDisposable
{
    private readonly RetentionWorld world = new();

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 101)]
    [InlineData(3, 250)]
    public async Task There_are_as_many_calls_as_pages_and_task_definitions(int repositories, int definitions)
    {
        // More than one page of images, and of manifests; half a page; one image.
        int[] sizes = [1010, 450, 1];
        world.Others.Add("shop/*");
        world.Image('f');
        foreach (var (size, number) in sizes.Take(repositories).Select((size, number) => (size, number)))
        {
            Fill($"shop/many{number}", size);
        }

        for (var i = 0; i < definitions; i++)
        {
            world.Aws.Ecs.Register($"family{i}", new Dictionary<string, string> { ["web"] = "docker.io/a" });
        }

        var report = await world.RunAsync();

        var calls = world.Aws.Calls.CountBy(call => call).ToDictionary(StringComparer.Ordinal);
        var images = sizes.Take(repositories).ToList();
        Assert.Equal(images.Sum() + 1, report.Repositories.Sum(each => each.Images.Count));
        Assert.Equal(1, calls["ecr:DescribeRepositories"]);
        Assert.Equal(1 + images.Sum(size => Pages(size, 1000)), calls["ecr:DescribeImages"]);
        Assert.Equal(images.Sum(size => Pages(Pages(size, 5), 100)), calls.GetValueOrDefault("ecr:BatchGetImage"));
        Assert.Equal(1 + repositories, calls["ecr:GetRepositoryPolicy"]);
        Assert.Equal(Math.Max(1, Pages(definitions, 100)), calls["ecs:ListTaskDefinitions"]);
        Assert.Equal(definitions, calls.GetValueOrDefault("ecs:DescribeTaskDefinition"));
        Assert.Equal(
            15,
            calls
                .Where(call => !call.Key.StartsWith("ecr:", StringComparison.Ordinal))
                .Where(call => !call.Key.Contains("TaskDefinition", StringComparison.Ordinal))
                .Sum(call => call.Value)
        );
    }

    [Fact]
    public async Task Progress_reports_images_before_a_repository_is_read_to_its_end()
    {
        var progress = new RecordedProgress();
        world.Progress = progress;
        Fill(RetentionWorld.Repository, 450);
        world.Aws.Ecs.Register("web", new Dictionary<string, string> { ["web"] = "docker.io/a" });

        await world.RunAsync();

        Assert.Equal([100, 200, 300, 400, 450], progress.Of("image"));
        Assert.Equal([1], progress.Of("repository"));
        Assert.Equal([1], progress.Of("task definition"));
    }

    [Fact]
    public async Task Images_are_stored_packed()
    {
        Fill(RetentionWorld.Repository, 20);

        var report = await world.RunAsync();

        Assert.IsType<PackedImages>(report.Repositories.Single().Repository.Images);
    }

    /// <summary>One image in five is an index.</summary>
    private void Fill(string repository, int images)
    {
        for (var i = 0; i < images; i++)
        {
            var text =
                i % 5 == 0
                    ? $$$"""{"schemaVersion":2,"mediaType":"{{{MediaTypes.OciIndex}}}","manifests":[],"annotations":{"of":"{{{repository}}} {{{i}}}"}}"""
                    : $"{repository} {i}";
            var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
            world.Aws.Images[(repository, digest)] = [$"src-{i:x40}"];
            if (i % 5 == 0)
            {
                world.Aws.Ecr.Indexes[digest] = text;
            }
        }
    }

    private static int Pages(int items, int most) => (items + most - 1) / most;

    private sealed class RecordedProgress : IRetentionProgress
    {
        private readonly ConcurrentQueue<EvidenceCount> told = [];

        public void Read(EvidenceCount count) => told.Enqueue(count);

        public IEnumerable<int> Of(string noun) =>
            told.Where(count => count.Noun == noun).Select(count => count.Number);
    }
}
