using Lading.Running;

namespace Lading.Tests.Running.Past;

/// <summary>An event in the past of a stack, by CloudFormation's clock.</summary>
/// <param name="At">When it began.</param>
internal abstract record PastItem(DateTimeOffset At);

/// <summary>An operation of the top-level stack.</summary>
/// <param name="At">When it began.</param>
/// <param name="End">When it ended; null if it is under way.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Images">The digests that it was to pin, by service.</param>
/// <param name="Steps">Its steps, in order.</param>
internal sealed record PastOperation(
    DateTimeOffset At,
    DateTimeOffset? End,
    ReleaseOutcome Outcome,
    IReadOnlyDictionary<string, string> Images,
    IReadOnlyList<PastStep> Steps
) : PastItem(At)
{
    /// <summary>From the failure of its rollback until somebody continued it; null if that did not fail.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Stuck { get; init; }

    /// <summary>When its rollback began; null if it has none.</summary>
    public DateTimeOffset? RollbackAt { get; init; }

    public string? Who { get; init; }
}

/// <summary>A step of an operation.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Service">The service that it deployed; null if it wrote the record.</param>
/// <param name="Images">Digests by service: of all of them, or of the deployed one.</param>
/// <param name="Status">The status of the service deployment.</param>
internal sealed record PastStep(
    DateTimeOffset At,
    string? Service,
    IReadOnlyDictionary<string, string> Images,
    string Status = "SUCCESSFUL"
);

/// <summary>A deployment that no operation began: a hotswap, a manual edit, or a forced deployment.</summary>
internal sealed record PastAttempt(DateTimeOffset At, string Service, string Digest) : PastItem(At);

/// <summary>Somebody writes the record by hand.</summary>
internal sealed record PastEdit(DateTimeOffset At, IReadOnlyDictionary<string, string> Images) : PastItem(At);

/// <summary>Somebody deletes the parameter of the record, so that its versions start again.</summary>
internal sealed record PastDeletion(DateTimeOffset At) : PastItem(At);
