using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>A resource of a stack that runs containers.</summary>
/// <param name="Kind">The kind of workload.</param>
/// <param name="Stack">Its stack.</param>
/// <param name="LogicalId">The logical id of its resource.</param>
/// <param name="Resource">The resource that CloudFormation created; null if it created none, or the resources were not
/// read.</param>
/// <param name="TaskDefinition">The ARN of the stack's task definition; null if it has none, or it is unknown.</param>
/// <param name="Containers">Containers in the template.</param>
internal sealed record Workload(
    WorkloadKind Kind,
    DeployedStack Stack,
    string LogicalId,
    StackResource? Resource,
    string? TaskDefinition,
    IReadOnlyList<NamedContainer> Containers
)
{
    /// <summary>The physical id; empty if there is none.</summary>
    public string PhysicalId => Resource?.PhysicalId ?? "";
}
