using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Constructs;

namespace Lading.Cdk.Synthesis;

/// <summary>The constructs of a top-level stack and its nested stacks, read at once: each call through jsii takes half a millisecond.</summary>
internal sealed class StackTree
{
    private readonly Stack stack;
    private readonly bool hasNested;

    private StackTree(Stack stack, IReadOnlyList<IConstruct> constructs, bool hasNested)
    {
        this.stack = stack;
        this.hasNested = hasNested;
        Constructs = constructs;
    }

    /// <summary>The constructs, without those of other top-level stacks within the tree.</summary>
    public IReadOnlyList<IConstruct> Constructs { get; }

    public static StackTree Of(Stack stack)
    {
        var all = stack.Node.FindAll();
        var inner = all.OfType<Stack>().Where(each => each != stack).ToList();
        var separateStacks = inner.Where(each => each is not NestedStack).Select(each => each.Node.Path + "/").ToList();
        return new StackTree(
            stack,
            separateStacks.Count == 0
                ? all
                :
                [
                    .. all.Where(each =>
                        !separateStacks.Exists(prefix => each.Node.Path.StartsWith(prefix, StringComparison.Ordinal))
                    ),
                ],
            inner.Count > 0
        );
    }

    /// <summary>The stack of a resource: this one, or one nested in it.</summary>
    public Stack StackOf(CfnTaskDefinition task) => hasNested ? task.Stack : stack;

    /// <summary>The containers of all task definitions, as rendered.</summary>
    public IEnumerable<RenderedContainer> Containers() => Containers(Constructs.OfType<CfnTaskDefinition>());

    /// <summary>The containers of some task definitions, as rendered.</summary>
    public IEnumerable<RenderedContainer> Containers(IEnumerable<CfnTaskDefinition> tasks) =>
        tasks.GroupBy(StackOf).SelectMany(group => Containers(group.Key, [.. group]));

    private static IEnumerable<RenderedContainer> Containers(Stack stack, IReadOnlyList<CfnTaskDefinition> tasks)
    {
        var resolved = (object[])
            stack.Resolve(
                tasks
                    .Select(task => new Dictionary<string, object?>(StringComparer.Ordinal)
                    {
                        ["containers"] = task.ContainerDefinitions,
                    })
                    .ToArray()
            );
        return tasks
            .Zip(resolved.Cast<IDictionary<string, object>>())
            .SelectMany(pair =>
                pair.Second.TryGetValue("containers", out var list) && list is object[] containers
                    ? containers
                        .Select((container, i) => (Map: container as IDictionary<string, object>, Index: i))
                        .Where(each => each.Map is not null)
                        .Select(each => RenderedContainer.Of(pair.First, each.Map!, each.Index))
                    : []
            );
    }

    /// <summary>The logical ids of the stacks that a stack is nested in, each with a <c>/</c>; empty for a top-level stack.</summary>
    public static string PathOf(Stack stack) =>
        stack is { NestedStackParent: { } parent, NestedStackResource: { } resource }
            ? $"{PathOf(parent)}{parent.Resolve(((CfnResource)resource).LogicalId)}/"
            : "";
}
