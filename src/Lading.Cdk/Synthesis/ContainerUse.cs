using Amazon.CDK.AWS.ECS;

namespace Lading.Cdk.Synthesis;

/// <summary>A container that runs an image of Lading.</summary>
/// <param name="Container">The container.</param>
/// <param name="Task">The resource that it is of.</param>
internal sealed record ContainerUse(ContainerDefinition Container, CfnTaskDefinition Task);
