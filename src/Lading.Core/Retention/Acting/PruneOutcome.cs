using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>The results of a run of <c>prune --apply</c>.</summary>
internal sealed record PruneOutcome
{
    /// <summary>Images that were marked for deletion.</summary>
    public IReadOnlyList<PrunedImage> Marked { get; init; } = [];

    /// <summary>Images whose mark was overridden.</summary>
    public IReadOnlyList<PrunedImage> KeptAgain { get; init; } = [];

    /// <summary>Images that were deleted, or archived.</summary>
    public IReadOnlyList<PrunedImage> Removed { get; init; } = [];

    /// <summary>
    /// Images that were to be removed, but came into use, or whose use became unknown, during the run.
    /// </summary>
    public IReadOnlyList<PrunedImage> Spared { get; init; } = [];

    /// <summary>Images that could not be marked, kept or removed.</summary>
    public IReadOnlyList<PruneFailure> Failures { get; init; } = [];

    /// <summary>Images whose mark is not old enough.</summary>
    public IReadOnlyList<WaitingImage> Waiting { get; init; } = [];

    /// <summary>Whether images were archived rather than deleted.</summary>
    public bool Archives { get; init; }

    /// <summary>The freed space; null if nothing was to be removed.</summary>
    public FreedSpace? Freed { get; init; }

    /// <summary>The log file; null if nothing was removed.</summary>
    public string? AuditPath { get; init; }

    /// <summary>The log artifacts: <c>repository:tag</c> in each repository.</summary>
    public IReadOnlyList<string> AuditArtifacts { get; init; } = [];

    /// <summary>Why the run ended early; null if it did not.</summary>
    public string? Stopped { get; init; }

    /// <summary>The kind of failure of the run; none if it did everything that was shown.</summary>
    /// <param name="report">The report that was shown.</param>
    public FailureKind KindFor(RetentionReport report) =>
        Failures.Count > 0 ? FailureKind.Failed
        : Stopped is not null || !report.IsComplete ? FailureKind.CheckFailed
        : FailureKind.None;
}

/// <summary>An image that the run changed.</summary>
internal sealed record PrunedImage(StoredRepository Repository, Digest Digest);

/// <summary>An action that failed.</summary>
/// <param name="Image">The image.</param>
/// <param name="Attempted">The action: <c>mark</c>, <c>keep</c>, <c>delete</c>, <c>archive</c>.</param>
/// <param name="Reason">The error.</param>
internal sealed record PruneFailure(PrunedImage Image, string Attempted, string Reason);

/// <summary>Receives the steps of <c>prune --apply</c>.</summary>
internal interface IPruneProgress
{
    /// <summary>Images were marked, or their marks overridden.</summary>
    void Tagged(int done, int total);

    /// <summary>The evidence is read again before images are removed.</summary>
    void ReadingAgain();

    /// <summary>Images were removed.</summary>
    void Removed(int done, int total);
}
