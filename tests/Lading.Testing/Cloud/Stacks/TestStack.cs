using System.Globalization;

namespace Lading.Testing.Cloud.Stacks;

/// <summary>A stack of a <see cref="TestStacks"/>.</summary>
internal sealed class TestStack
{
    public required string Name { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; set; }

    public string Status { get; set; } = "CREATE_IN_PROGRESS";

    public string StatusReason { get; set; } = "";

    /// <summary>When its status last changed.</summary>
    public DateTimeOffset SaidAt { get; set; }

    /// <summary>What is deployed, or being deployed.</summary>
    public StackPlan Plan { get; set; } = null!;

    /// <summary>What was deployed before the operation under way; null for the first.</summary>
    public StackPlan? Before { get; set; }

    /// <summary>Replaces the plan's template if a test needs another.</summary>
    public string? Template { get; set; }

    /// <summary>The template that is deployed, or being deployed, as submitted.</summary>
    public string Text => Template ?? Plan.Text ?? Plan.Template().ToJsonString();

    /// <summary>The role that CloudFormation works with; null for none.</summary>
    public string? Role { get; set; }

    public List<string> Capabilities { get; } = [];

    /// <summary>What parameters of SSM types resolved to at the last operation.</summary>
    public Dictionary<string, string> Resolved { get; } = new(StringComparer.Ordinal);

    /// <summary>What they resolve to now.</summary>
    public Dictionary<string, string> ResolvedNow { get; } = new(StringComparer.Ordinal);

    /// <summary>The id of the parent stack; null for a top-level stack.</summary>
    public string? ParentId { get; set; }

    public Dictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, StackPart> Parts { get; } = new(StringComparer.Ordinal);

    /// <summary>The newest last.</summary>
    public List<StackHappening> Events { get; } = [];

    /// <summary>Adds an event.</summary>
    public void Happen(DateTimeOffset now, int operation, string logicalId, StackPart part, string reason) =>
        Events.Add(
            new StackHappening(
                $"{logicalId}-{Events.Count.ToString(CultureInfo.InvariantCulture)}",
                now,
                logicalId,
                part.PhysicalId,
                part.Type,
                part.Status,
                reason,
                $"operation-{operation.ToString(CultureInfo.InvariantCulture)}"
            )
        );

    /// <summary>Whether the update was cancelled and its rollback has yet to begin.</summary>
    public bool IsCancelled { get; set; }

    public bool IsInProgress => Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal);
}

/// <summary>A resource of a stack.</summary>
internal sealed record StackPart(string PhysicalId, string Type, string Status, DateTimeOffset UpdatedAt);

/// <summary>An event of a stack.</summary>
internal sealed record StackHappening(
    string Id,
    DateTimeOffset At,
    string LogicalId,
    string PhysicalId,
    string Type,
    string Status,
    string Reason,
    string Operation
);
