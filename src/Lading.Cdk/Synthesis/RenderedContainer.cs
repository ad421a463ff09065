using Amazon.CDK.AWS.ECS;

namespace Lading.Cdk.Synthesis;

/// <summary>A container of a task definition as its template will have it.</summary>
/// <param name="Task">The resource.</param>
/// <param name="Index">Its index among the containers.</param>
/// <param name="Image">As text, with parts that are known only at deployment as <c>${…}</c>; null if unknown.</param>
/// <param name="IsExplicit">Whether <c>versionConsistency</c> is set.</param>
internal sealed record RenderedContainer(CfnTaskDefinition Task, int Index, string? Image, bool IsExplicit)
{
    public static RenderedContainer Of(CfnTaskDefinition task, IDictionary<string, object> container, int index) =>
        new(
            task,
            index,
            ImageText.Of(container.TryGetValue("image", out var image) ? image : null),
            container.ContainsKey("versionConsistency")
        );

    /// <summary>
    /// Makes ECS resolve and report the digest, by which the revisions of a service are read, unless the user set it.
    /// </summary>
    public void MakeConsistent()
    {
        if (!IsExplicit)
        {
            Task.AddPropertyOverride($"ContainerDefinitions.{Index}.VersionConsistency", "enabled");
        }
    }
}

/// <summary>A container that runs an image of Lading.</summary>
/// <param name="Container">The container.</param>
/// <param name="Task">The resource of its task definition.</param>
internal sealed record ContainerUse(ContainerDefinition Container, CfnTaskDefinition Task);
