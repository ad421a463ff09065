namespace Lading.Running.Evidence;

/// <summary>An event of a stack, kept by CloudFormation for 90 days.</summary>
/// <param name="At">When it happened, by CloudFormation's clock.</param>
/// <param name="PhysicalId">The physical id of the resource; for the stack itself, its ARN.</param>
/// <param name="Type">Such as <c>AWS::CloudFormation::Stack</c>.</param>
/// <param name="Status">Such as <c>UPDATE_IN_PROGRESS</c>.</param>
/// <param name="Reason">The reason that CloudFormation states; empty if it states none.</param>
internal sealed record StackEvent(DateTimeOffset At, string PhysicalId, string Type, string Status, string Reason)
{
    /// <summary>The resource's name in the template; for the stack itself, its name.</summary>
    public string LogicalId { get; init; } = "";
}
