using System.Globalization;
using Lading.Aws.Running;
using Lading.Oci;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>Reads the images of running tasks, and of stopped ones, which ECS returns for about an hour.</summary>
internal sealed class TaskUses : IUseReader
{
    private static readonly string[] Statuses = ["RUNNING", "STOPPED"];

    public UseStage Stage => UseStage.Tasks;

    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var clusterFacts = new ClusterFacts(region.Facts);
        var clusters = await Task.WhenAll(
                region.Clusters.Select(cluster => clusterFacts.ReadTasksAsync(cluster, Statuses, cancellationToken))
            )
            .ConfigureAwait(false);
        var tasks = clusters.SelectMany(each => each).DistinctBy(task => task.Arn).ToList();
        region.Uses.Count(tasks.Count, "task");
        var groups = tasks.SelectMany(
            task => task.Containers,
            (task, container) => (task, container.Image, container.Digest)
        );
        foreach (
            var group in groups.GroupBy(each =>
                (
                    each.task.ClusterArn,
                    each.task.Group,
                    IsStopped: each.task.LastStatus == "STOPPED",
                    each.Image,
                    each.Digest
                )
            )
        )
        {
            var name = NameOf(group.Key.ClusterArn, group.Key.Group);
            var number = group.Select(each => each.task.Arn).Distinct(StringComparer.Ordinal).Count();
            var count = string.Create(CultureInfo.InvariantCulture, $"{number} task{(number == 1 ? "" : "s")}");
            region.Uses.Add(
                UseKind.Running,
                ImagesOf(group.Key.Image, group.Key.Digest),
                group.Key.IsStopped ? $"ran in {name} until a short while ago ({count})" : $"runs in {name} ({count})",
                group.First().task.Source
            );
        }
    }

    /// <summary>The reference of a container, and the pulled digest, which may be a child of an index.</summary>
    public static IEnumerable<UsedImage> ImagesOf(string image, Digest? digest)
    {
        var named = ImageMentions.In(image);
        return digest is not { } pulled
            ? named
            : named
                .Select(each => each with { Manifest = pulled })
                .DefaultIfEmpty(new UsedImage(null, null, pulled))
                .Concat(named)
                .Distinct();
    }

    private static string NameOf(string cluster, string group) =>
        $"{ArnName.Of(cluster)}/{group[(group.IndexOf(':', StringComparison.Ordinal) + 1)..]}";
}
