using System.Text.Json;

namespace Lading.Running.Evidence;

/// <summary>A deployed stack, or a stack nested in one.</summary>
internal sealed record StackEvidence
{
    public required string Name { get; init; }

    /// <summary>Its ARN.</summary>
    public required string Id { get; init; }

    /// <summary>The ARN of the stack that nests it; null for a top-level stack.</summary>
    public string? ParentId { get; init; }

    /// <summary>Such as <c>UPDATE_ROLLBACK_COMPLETE</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it has this status; empty if CloudFormation does not say.</summary>
    public string StatusReason { get; init; } = "";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last operation started; null for a stack that was only created.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Its parameters with the values they resolved to in its last operation (<c>ResolvedValue</c>).</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The capabilities of its last update, such as <c>CAPABILITY_IAM</c>.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>The role that CloudFormation assumes; null if it uses the caller's permissions.</summary>
    public string? Role { get; init; }

    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>The deployed template; null if it was not read, or is not JSON.</summary>
    public JsonElement? Template { get; init; }

    /// <summary>The source of the template; null if it was not read.</summary>
    public FactOrigin? TemplateSource { get; init; }

    /// <summary>By logical id; null if they were not read.</summary>
    public IReadOnlyDictionary<string, StackResource>? Resources { get; init; }

    /// <summary>Whether it changed while the other evidence was being read, so this may be outdated.</summary>
    public bool ChangedWhileRead { get; init; }

    public required FactOrigin Source { get; init; }

    /// <summary>Whether an operation is in progress.</summary>
    public bool IsInProgress => Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) && !IsCleaningUp;

    /// <summary>Whether its last operation was rolled back, and the rollback has ended.</summary>
    public bool IsRolledBack =>
        Status is "UPDATE_ROLLBACK_COMPLETE" or "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS" or "ROLLBACK_COMPLETE";

    private bool IsCleaningUp => Status.EndsWith("_CLEANUP_IN_PROGRESS", StringComparison.Ordinal);
}
