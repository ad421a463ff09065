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

    /// <summary>The references, without their registry, of indexes that something else than a container uses.</summary>
    public IReadOnlyCollection<string> Indexes => indexes;

    public bool IsEmpty => images.Count == 0;

    /// <summary>Notes an image.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="image">Its pin.</param>
    /// <param name="of">The environment whose image it is; null if none is known.</param>
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

    /// <summary>Asks where containers stand, which is known only once they are there.</summary>
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
    /// Tells ECS to resolve and report the digests of images (<c>versionConsistency</c>), by which the revisions of a service are read.
    /// CDK renders containers once: this is for the very end, when nobody changes them any more.
    /// </summary>
    /// <param name="known">The tree as it was when the record was completed.</param>
    /// <param name="look">Looks at the tree as it is: a reference may be in any task definition.</param>
    public void MakeConsistent(StackTree known, Func<StackTree> look)
    {
        foreach (
            var container in (hasOthers ? look().Containers() : known.Containers(tasks)).Where(each =>
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
    /// What must have been deployed before the record is written: the services of the stack and of the stacks nested in it,
    /// also those with images of others, since their failure undoes this deployment too; and what else runs an image.
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
