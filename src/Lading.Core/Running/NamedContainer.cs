using Lading.Checking.Templates;
using Lading.Oci;

namespace Lading.Running;

/// <summary>A container that a deployed template names.</summary>
/// <param name="Stack">The stack whose template it is.</param>
/// <param name="LogicalId">The resource that holds it.</param>
/// <param name="Type">Such as <c>AWS::ECS::TaskDefinition</c>.</param>
/// <param name="Container">Its name; the logical id where it has none.</param>
/// <param name="Reference">What the template says.</param>
/// <param name="Platform">What it runs on; null if the template does not tell.</param>
internal sealed record NamedContainer(
    DeployedStack Stack,
    string LogicalId,
    string Type,
    string Container,
    Resolved Reference,
    Platform? Platform
)
{
    /// <summary>The physical id of the resource, such as the ARN of the task definition; null if it was not made.</summary>
    public string? PhysicalId => Stack.FindResource(LogicalId)?.PhysicalId is { Length: > 0 } id ? id : null;
}
