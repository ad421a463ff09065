using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>The outcome of a rollback, after the stack was read again.</summary>
/// <param name="Plan">The plan that was carried out.</param>
/// <param name="State">The result.</param>
/// <param name="Containers">The containers whose image was replaced, as they run now.</param>
/// <param name="Reason">Why it did not succeed, as part of a sentence; empty if it did.</param>
/// <param name="Status">The stack's status.</param>
/// <param name="Took">From the start of the execution to the end.</param>
internal sealed record RollbackOutcome(
    RollbackPlan Plan,
    RollbackState State,
    IReadOnlyList<ContainerVerdict> Containers,
    string Reason,
    string Status,
    TimeSpan Took
)
{
    /// <summary>What to do if it does not run, as sentences; empty if there is nothing to do.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>Why the stack could not be read afterwards, as part of a sentence; empty if it could.</summary>
    public string Unread { get; init; } = "";

    /// <summary>Whether the stack was read afterwards and names the same images as before.</summary>
    public bool IsAsBefore { get; init; }
}
