namespace Lading.Running.Evidence;

/// <summary>A resource of a stack as CloudFormation created it.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="PhysicalId">Such as the ARN of a service; empty if it was not created.</param>
/// <param name="Type">Such as <c>AWS::ECS::Service</c>.</param>
/// <param name="Status">Such as <c>UPDATE_COMPLETE</c>.</param>
/// <param name="UpdatedAt">When the status last changed.</param>
internal sealed record StackResource(
    string LogicalId,
    string PhysicalId,
    string Type,
    string Status,
    DateTimeOffset UpdatedAt
);
