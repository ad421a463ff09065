using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>Something of a stack that runs containers.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Stack">Its stack.</param>
/// <param name="LogicalId">Its resource.</param>
/// <param name="Resource">What CloudFormation made of it; null if it made nothing, or that was not read.</param>
/// <param name="TaskDefinition">The ARN of the task definition that the stack has it run; null if it runs none, or that is unknown.</param>
/// <param name="Containers">Those that the template names.</param>
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
