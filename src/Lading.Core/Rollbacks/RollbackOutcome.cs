using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>What came of going back.</summary>
internal enum RollbackState
{
    /// <summary>What was asked for runs.</summary>
    Back,

    /// <summary>CloudFormation took it back: the stack is as before.</summary>
    Undone,

    /// <summary>CloudFormation could neither do it nor take it back.</summary>
    Failed,

    /// <summary>CloudFormation did it, and not every task runs it.</summary>
    NotRunning,
}

/// <summary>What came of going back, after the stack was read again.</summary>
/// <param name="Plan">What was meant.</param>
/// <param name="State">What became of it.</param>
/// <param name="Containers">Those that got another image, as they run now.</param>
/// <param name="Reason">Why it did not succeed, as part of a sentence; empty where it did.</param>
/// <param name="Status">The stack's status.</param>
/// <param name="Took">From the execution of the change set to the end.</param>
internal sealed record RollbackOutcome(
    RollbackPlan Plan,
    RollbackState State,
    IReadOnlyList<ContainerVerdict> Containers,
    string Reason,
    string Status,
    TimeSpan Took
);
