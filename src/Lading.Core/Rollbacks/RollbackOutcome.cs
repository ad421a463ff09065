using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>The outcome of going back, after the stack was read again.</summary>
/// <param name="Plan">What was meant.</param>
/// <param name="State">What became of it.</param>
/// <param name="Containers">Those that got another image, as they run now.</param>
/// <param name="Reason">Why it did not succeed, as part of a sentence; empty if it did.</param>
/// <param name="Status">The stack's status.</param>
/// <param name="Took">From the execution of the change set to the end.</param>
internal sealed record RollbackOutcome(
    RollbackPlan Plan,
    RollbackState State,
    IReadOnlyList<ContainerVerdict> Containers,
    string Reason,
    string Status,
    TimeSpan Took
)
{
    /// <summary>What to do where it does not run, as sentences; empty if there is nothing to do.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>Why the stack could not be read back, as part of a sentence; empty if it could.</summary>
    public string Unread { get; init; } = "";

    /// <summary>Whether the stack was read back and names what it did before.</summary>
    public bool IsAsBefore { get; init; }
}
