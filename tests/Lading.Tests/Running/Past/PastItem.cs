using Lading.Running;

namespace Lading.Tests.Running.Past;

/// <summary>Something that happened to a stack, by CloudFormation's clock.</summary>
/// <param name="At">When it began.</param>
internal abstract record PastItem(DateTimeOffset At);

/// <summary>An operation of the top-level stack.</summary>
/// <param name="At">When it began.</param>
/// <param name="End">When it was over; null for one that is under way.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Images">What it was to pin, by service.</param>
/// <param name="Steps">What it did, in turn.</param>
internal sealed record PastOperation(
    DateTimeOffset At,
    DateTimeOffset? End,
    ReleaseOutcome Outcome,
    IReadOnlyDictionary<string, string> Images,
    IReadOnlyList<PastStep> Steps
) : PastItem(At)
{
    /// <summary>From a rollback that failed until it was continued; null if it did not.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Stuck { get; init; }

    /// <summary>When its rollback began; null if it has none.</summary>
    public DateTimeOffset? RollbackAt { get; init; }

    public string? Who { get; init; }
}

/// <summary>What an operation did.</summary>
/// <param name="At">When.</param>
/// <param name="Service">The service that it deployed; null if it wrote the record.</param>
/// <param name="Images">Digests by service, all of them or the one that was deployed.</param>
/// <param name="Status">Of the service deployment.</param>
internal sealed record PastStep(
    DateTimeOffset At,
    string? Service,
    IReadOnlyDictionary<string, string> Images,
    string Status = "SUCCESSFUL"
);

/// <summary>A deployment that no operation began: a hotswap, an edit by hand, or a forced one.</summary>
internal sealed record PastAttempt(DateTimeOffset At, string Service, string Digest) : PastItem(At);

/// <summary>Somebody writes the record by hand.</summary>
internal sealed record PastEdit(DateTimeOffset At, IReadOnlyDictionary<string, string> Images) : PastItem(At);

/// <summary>Somebody deletes the parameter of the record: its versions start again.</summary>
internal sealed record PastDeletion(DateTimeOffset At) : PastItem(At);
