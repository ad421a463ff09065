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
    private readonly List<ContainerUse> containers = [];
    private readonly HashSet<ContainerUse> read = [];
    private readonly SortedSet<(string Reference, string Path)> paths = [];
    private string? environment;
    private bool hasOthers;

    public bool IsEmpty => images.Count == 0;

    public void Add(string name, PinSource source, PinnedImage image, ContainerDefinition container)
    {
        Note(name, source, image);
        containers.Add(new ContainerUse(image.ToString(), container));
    }

    public void Add(string name, PinSource source, PinnedImage image)
    {
        Note(name, source, image);
        hasOthers = true;
    }

    /// <summary>
    /// Asks for what is known only once the containers are there: where they stand, and whether ECS shall report their digests
    /// (<c>versionConsistency</c>), which is made explicit where the user said nothing.
    /// </summary>
    public void ReadContainers()
    {
        foreach (var group in containers.Where(read.Add).GroupBy(use => use.Container.TaskDefinition))
        {
            if (group.Key.Node.DefaultChild is not CfnTaskDefinition task)
            {
                continue;
            }

            var rendered = RenderedTask.Of(task);
            foreach (var use in group)
            {
                var name = use.Container.ContainerName;
                paths.Add((use.Reference, $"{rendered.Path}/{name}"));
                rendered.MakeConsistent(name);
            }
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
    /// What must have been deployed before the record tells of it: the services of the stack and of the stacks nested in it,
    /// also those with images of others, since their failure undoes this deployment too; and what else runs an image.
    /// </summary>
    public IEnumerable<IDependable> FindDeployed(Stack stack)
    {
        var all = stack.Node.FindAll();
        var strangers = all.OfType<Stack>().Where(each => each is not NestedStack && each != stack).ToList();
        var found = all.Where(each =>
            each is CfnService or CfnTaskDefinition
            || (
                hasOthers
                && each is CfnFunction or Amazon.CDK.AWS.AppRunner.CfnService or Amazon.CDK.AWS.Batch.CfnJobDefinition
            )
        );
        return strangers.Count == 0
            ? found
            : found.Where(each => !strangers.Exists(stranger => IsIn(each.Node.Path, stranger.Node.Path)));
    }

    private static bool IsIn(string path, string scope) => path.StartsWith(scope + "/", StringComparison.Ordinal);

    private void Note(string name, PinSource source, PinnedImage image)
    {
        images.Add((name, image.ToString()));
        environment ??= source.Environment;
    }

    /// <summary>A container with its image.</summary>
    private sealed record ContainerUse(string Reference, ContainerDefinition Container);
}
