using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using Lading.Git;
using Lading.Records;

namespace Lading.Cdk.Synthesis;

/// <summary>Which images the constructs of a top-level stack use.</summary>
internal sealed class RecordedUses
{
    private readonly HashSet<(string Name, string Reference)> images = [];
    private readonly List<(string Reference, ContainerUse Use)> unread = [];
    private readonly SortedSet<(string Reference, string Path)> paths = [];
    private readonly HashSet<CfnTaskDefinition> tasks = [];
    private string? environment;
    private readonly HashSet<string> indexes = new(StringComparer.Ordinal);
    private bool hasOthers;

    /// <summary>The references, without their registry, to indexes that something other than a container uses.</summary>
    public IReadOnlyCollection<string> Indexes => indexes;

    public bool IsEmpty => images.Count == 0;

    /// <summary>Records a use of an image.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="image">Its pin.</param>
    /// <param name="of">The environment of the image; null if it is unknown.</param>
    /// <param name="use">The container; null if something else uses it.</param>
    public void Add(string name, PinnedImage image, string? of, ContainerUse? use)
    {
        images.Add((name, image.ToString()));
        environment ??= of;
        if (use is null)
        {
            hasOthers = true;
            if (image.IsIndex)
            {
                indexes.Add(image.ToString());
            }
        }
        else
        {
            unread.Add((image.ToString(), use));
            tasks.Add(use.Task);
        }
    }

    /// <summary>Reads the paths of containers, which are known only once the tree is complete.</summary>
    public void ReadContainers(StackTree tree)
    {
        foreach (var group in unread.GroupBy(each => tree.StackOf(each.Use.Task)))
        {
            var inStack = group.ToList();
            var ids = (object[])group.Key.Resolve(inStack.Select(each => each.Use.Task.LogicalId).ToArray());
            var prefix = StackTree.PathOf(group.Key);
            foreach (var ((reference, use), id) in inStack.Zip(ids))
            {
                paths.Add((reference, $"{prefix}{id}/{use.Container.ContainerName}"));
            }
        }

        unread.Clear();
    }

    /// <summary>
    /// Makes ECS resolve and report the digests of images (<c>versionConsistency</c>), by which the revisions of a
    /// service are read. CDK renders containers once: call this at the very end, when nothing changes them any more.
    /// </summary>
    /// <param name="known">The tree as it was when the record was completed.</param>
    /// <param name="readTree">Reads the current tree: a reference may be in any task definition.</param>
    public void MakeConsistent(StackTree known, Func<StackTree> readTree)
    {
        foreach (
            var container in (hasOthers ? readTree().Containers() : known.Containers(tasks)).Where(each =>
                images.Any(image => each.Image?.EndsWith("/" + image.Reference, StringComparison.Ordinal) == true)
            )
        )
        {
            container.MakeConsistent();
        }
    }

    public StackRecord ToRecord()
    {
        var result = new Dictionary<string, RecordedImage>(StringComparer.Ordinal);
        foreach (var named in images.GroupBy(image => image.Name, StringComparer.Ordinal))
        {
            var number = 0;
            foreach (var (name, reference) in named.OrderBy(image => image.Reference, ByteOrder.Comparer))
            {
                number++;
                result.Add(
                    number == 1 ? name : $"{name}/{number}",
                    new RecordedImage(
                        reference,
                        [.. paths.Where(path => path.Reference == reference).Select(path => path.Path)]
                    )
                );
            }
        }

        return new StackRecord(environment, result);
    }

    /// <summary>
    /// The resources that must be deployed before the record: the services of the stack and of its nested stacks, even with
    /// third-party images, since their failure rolls this deployment back too; and everything else that runs an image.
    /// </summary>
    public IEnumerable<IDependable> FindDeployed(StackTree tree) =>
        tree.Constructs.Where(each =>
            each is CfnService or CfnTaskDefinition
            || (
                hasOthers
                && each is CfnFunction or Amazon.CDK.AWS.AppRunner.CfnService or Amazon.CDK.AWS.Batch.CfnJobDefinition
            )
        );
}
