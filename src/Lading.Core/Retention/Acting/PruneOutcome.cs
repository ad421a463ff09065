using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>What a run of <c>prune --apply</c> did.</summary>
internal sealed record PruneOutcome
{
    /// <summary>What got a mark.</summary>
    public IReadOnlyList<PrunedImage> Marked { get; init; } = [];

    /// <summary>What had a mark, and is kept again.</summary>
    public IReadOnlyList<PrunedImage> KeptAgain { get; init; } = [];

    /// <summary>What was deleted, or archived.</summary>
    public IReadOnlyList<PrunedImage> Removed { get; init; } = [];

    /// <summary>What was to go, and came into use, or could no longer be told, while the run was going on.</summary>
    public IReadOnlyList<PrunedImage> Spared { get; init; } = [];

    /// <summary>What could not be marked, kept or removed.</summary>
    public IReadOnlyList<PruneFailure> Failures { get; init; } = [];

    /// <summary>What has a mark that is not old enough.</summary>
    public IReadOnlyList<WaitingImage> Waiting { get; init; } = [];

    /// <summary>Whether what was removed went to the archive.</summary>
    public bool Archives { get; init; }

    /// <summary>What that freed; null if nothing was to be removed.</summary>
    public FreedSpace? Freed { get; init; }

    /// <summary>Where it is written down; null if nothing was removed.</summary>
    public string? AuditPath { get; init; }

    /// <summary>Where else it is written down: <c>repository:tag</c> in each repository.</summary>
    public IReadOnlyList<string> AuditArtifacts { get; init; } = [];

    /// <summary>Why it ended early; null if it did not.</summary>
    public string? Stopped { get; init; }
}

/// <summary>An image that something was done about.</summary>
internal sealed record PrunedImage(StoredRepository Repository, Digest Digest);

/// <summary>Something that could not be done.</summary>
/// <param name="Image">The image.</param>
/// <param name="Attempted">What was tried: <c>mark</c>, <c>keep</c>, <c>delete</c>, <c>archive</c>.</param>
/// <param name="Reason">What came back.</param>
internal sealed record PruneFailure(PrunedImage Image, string Attempted, string Reason);

/// <summary>Told how far a run of <c>prune --apply</c> is.</summary>
internal interface IPruneProgress
{
    /// <summary>Tags are put.</summary>
    void Tagged(int done, int total);

    /// <summary>The evidence is read again before images go.</summary>
    void ReadingAgain();

    /// <summary>Images go.</summary>
    void Removed(int done, int total);
}
