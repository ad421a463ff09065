namespace Lading.Rollbacks;

/// <summary>A change set as CloudFormation describes it.</summary>
internal sealed record ChangeSet
{
    /// <summary>Its ARN.</summary>
    public required string Id { get; init; }

    /// <summary>The ARN of the stack that it updates.</summary>
    public string StackId { get; init; } = "";

    /// <summary>The change sets of nested stacks, by the resources that nest them.</summary>
    public IReadOnlyDictionary<string, ChangeSet> Nested { get; init; } = new Dictionary<string, ChangeSet>();

    /// <summary>Such as <c>CREATE_COMPLETE</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Such as <c>AVAILABLE</c>; empty if CloudFormation does not say.</summary>
    public string ExecutionStatus { get; init; } = "";

    /// <summary>Why it failed, in CloudFormation's words; empty if it did not.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Parameters with their resolved values.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<ResourceChange> Changes { get; init; } = [];

    public bool IsPending => Status is "CREATE_PENDING" or "CREATE_IN_PROGRESS";

    /// <summary>Whether its execution has begun, whatever the result.</summary>
    public bool HasBegun => ExecutionStatus.StartsWith("EXECUTE_", StringComparison.Ordinal);

    public bool IsMade => Status == "CREATE_COMPLETE";

    /// <summary>Whether it failed because it contains no changes (CloudFormation reports this only in the message).</summary>
    public bool IsEmpty =>
        Status == "FAILED"
        && (
            Reason.Contains("didn't contain changes", StringComparison.Ordinal)
            || Reason.Contains("No updates are to be performed", StringComparison.Ordinal)
        );
}

/// <summary>What a change set does to a resource (CloudFormation API reference, "ResourceChange").</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Type">Such as <c>AWS::ECS::Service</c>.</param>
/// <param name="Action"><c>Add</c>, <c>Modify</c>, <c>Remove</c>, <c>Import</c> or <c>Dynamic</c>.</param>
/// <param name="Replacement"><c>True</c>, <c>False</c> or <c>Conditional</c>; empty if nothing is modified.</param>
/// <param name="Details">Why it changes.</param>
internal sealed record ResourceChange(
    string LogicalId,
    string Type,
    string Action,
    string Replacement,
    IReadOnlyList<ChangeDetail> Details
)
{
    /// <summary>The change set for a nested stack; null if there is none.</summary>
    public string? ChangeSet { get; init; }

    public bool IsReplaced => Replacement == "True";
}

/// <summary>Why a resource changes (CloudFormation API reference, "ResourceChangeDetail").</summary>
/// <param name="Attribute"><c>Properties</c>, <c>Metadata</c>, <c>Tags</c> …</param>
/// <param name="Name">The property; empty for another attribute.</param>
/// <param name="Cause">The value of <c>ChangeSource</c>: <c>DirectModification</c>, <c>ResourceReference</c> …</param>
/// <param name="Entity">The parameter, resource or attribute of a resource that causes it; empty if nothing does.</param>
/// <param name="IsDynamic">Whether it is known only during the update if the value changes at all.</param>
internal sealed record ChangeDetail(string Attribute, string Name, string Cause, string Entity, bool IsDynamic)
{
    /// <summary>Whether another resource causes the change.</summary>
    public bool IsReference => Cause is "ResourceReference" or "ResourceAttribute";

    /// <summary>The logical id of <c>Function.Arn</c>.</summary>
    public string CausingResource => Entity.Split('.')[0];
}
