using Amazon.CDK;
using Amazon.CDK.AWS.ECS;

namespace Lading.Cdk.Synthesis;

/// <summary>A task definition as its template will have it.</summary>
/// <param name="task">The resource.</param>
/// <param name="path">See <see cref="Path"/>.</param>
/// <param name="containers">Its containers, resolved.</param>
internal sealed class RenderedTask(
    CfnTaskDefinition task,
    string path,
    IReadOnlyList<IDictionary<string, object>> containers
)
{
    /// <summary>The logical id; before it, those of the stacks that it is nested in.</summary>
    public string Path => path;

    public static RenderedTask Of(CfnTaskDefinition task)
    {
        // One question for both: each takes jsii half a millisecond.
        var stack = task.Stack;
        var resolved =
            (IDictionary<string, object>)
                stack.Resolve(
                    new Dictionary<string, object?>(StringComparer.Ordinal)
                    {
                        ["id"] = task.LogicalId,
                        ["containers"] = task.ContainerDefinitions,
                    }
                );
        return new RenderedTask(
            task,
            PathOf(stack) + (string)resolved["id"],
            resolved.TryGetValue("containers", out var list) && list is object[] items
                ? [.. items.OfType<IDictionary<string, object>>()]
                : []
        );
    }

    /// <summary>
    /// Says that ECS shall resolve and report the image of a container, which the service's revisions are read by; unless the
    /// user said something.
    /// </summary>
    public void MakeConsistent(string container)
    {
        for (var i = 0; i < containers.Count; i++)
        {
            if (
                containers[i].TryGetValue("name", out var name)
                && name as string == container
                && !containers[i].ContainsKey("versionConsistency")
            )
            {
                task.AddPropertyOverride($"ContainerDefinitions.{i}.VersionConsistency", "enabled");
            }
        }
    }

    private static string PathOf(Stack stack) =>
        stack is { NestedStackParent: { } parent, NestedStackResource: { } resource }
            ? $"{PathOf(parent)}{parent.Resolve(((CfnResource)resource).LogicalId)}/"
            : "";
}
