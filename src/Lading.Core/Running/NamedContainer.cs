using Lading.Checking.Templates;
using Lading.Oci;

namespace Lading.Running;

/// <summary>A container in a deployed template.</summary>
/// <param name="Stack">The stack that the template belongs to.</param>
/// <param name="LogicalId">The resource that contains it.</param>
/// <param name="Type">Such as <c>AWS::ECS::TaskDefinition</c>.</param>
/// <param name="Container">Its name; the logical id if it has none.</param>
/// <param name="Reference">The reference in the template.</param>
/// <param name="Platform">The platform it runs on; null if the template does not say.</param>
internal sealed record NamedContainer(
    DeployedStack Stack,
    string LogicalId,
    string Type,
    string Container,
    Resolved Reference,
    Platform? Platform
)
{
    /// <summary>The physical id of the resource, such as the ARN of the task definition; null if it was not created.</summary>
    public string? PhysicalId => Stack.FindResource(LogicalId)?.PhysicalId is { Length: > 0 } id ? id : null;
}
