using Lading.Running.Evidence;

namespace Lading.Leases;

/// <summary>Decides, from the evidence alone, whether somebody else is working on a stack.</summary>
internal static class LeaseRules
{
    /// <summary>The lease that excludes others; null if the parameter has none in force.</summary>
    /// <param name="stored">The parameter; null if there is none.</param>
    /// <param name="id">The id of our own lease.</param>
    /// <param name="now">The time.</param>
    public static Lease? FindOther(StoredLease? stored, string id, DateTimeOffset now) =>
        stored is not null && Lease.Find(stored.Text) is { } lease && lease.Id != id && lease.Until > now
            ? lease
            : null;

    /// <summary>
    /// The version of the winner, if several runs took over the same lease. Writes to SSM are unconditional but numbered: the run that
    /// wrote the version after the one that all had read is the holder.
    /// </summary>
    /// <param name="read">The version that was read before our write.</param>
    /// <param name="written">The version of our write.</param>
    public static long WinnerOf(long read, long written) => written > read ? read + 1 : 1;

    /// <summary>Why a stack that somebody holds may not be changed.</summary>
    /// <param name="attempted">The attempt, as the start of a sentence.</param>
    /// <param name="stack">The stack's name.</param>
    /// <param name="lease">The lease of the holder.</param>
    /// <param name="selector">How a command line selects the stack's environment, for the commands in the message.</param>
    public static LadingException Busy(string attempted, string stack, Lease lease, string selector) =>
        new(
            attempted,
            $"{lease.Holder} has been working on {stack} since {UtcText.Minute(lease.Since)} ({lease.Activity}{(lease.Job is { } job ? $", {job}" : "")})",
            $"Wait until that has finished. If it no longer runs, take over with --steal; otherwise the lease ends at {UtcText.Minute(lease.Until)}. '{DoctorCheck.Command(DoctorCheck.Leases, selector)}' shows whether a run that was killed on this machine left it.",
            FailureKind.CheckFailed
        );

    /// <summary>Whether CloudFormation is updating a stack, so that it accepts no other update.</summary>
    public static bool IsBusy(StackEvidence stack) => stack.IsInProgress && stack.Status != "REVIEW_IN_PROGRESS";

    /// <summary>Why a stack that CloudFormation is updating may not be changed.</summary>
    /// <param name="attempted">The attempt, as the start of a sentence.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="who">Who started the operation; null if that is unknown.</param>
    /// <param name="selector">How a command line selects the stack's environment, for the commands in the message.</param>
    public static LadingException Busy(string attempted, StackEvidence stack, string? who, string selector)
    {
        var since = UtcText.Minute(stack.UpdatedAt ?? stack.CreatedAt);
        return new LadingException(
            attempted,
            who is null
                ? $"CloudFormation has been working on {stack.Name} since {since} ({stack.Status})"
                : $"{who} has been working on {stack.Name} since {since} ({stack.Status})",
            stack.Status == "UPDATE_IN_PROGRESS"
                ? $"CloudFormation accepts one operation on a stack at a time, even with --steal. Wait until it has finished (lading verify {stack.Name} {selector} watches it), or cancel the update: lading rollback {stack.Name} {selector}"
                : $"CloudFormation accepts one operation on a stack at a time, even with --steal. Wait until it has finished: lading status --watch {selector}",
            FailureKind.CheckFailed
        );
    }
}
