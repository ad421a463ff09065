using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>One operation of a top-level stack: a creation or an update, including its rollback if there was one.</summary>
/// <param name="StartedAt">When it started.</param>
/// <param name="EndedAt">When it ended; null if it is in progress.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Reason">Why it did not succeed, in CloudFormation's words; empty if it did.</param>
internal sealed record StackOperation(
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    ReleaseOutcome Outcome,
    string Reason
)
{
    private const string OfStack = "AWS::CloudFormation::Stack";

    /// <summary>
    /// The intervals in which it was interrupted: from a failed rollback until somebody continued it.
    /// </summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Idle { get; init; } = [];

    /// <summary>
    /// Whether CloudFormation no longer has its first event: it started before <see cref="StartedAt"/>.
    /// </summary>
    public bool IsCut { get; init; }

    /// <summary>The operations in a list of events, the oldest first.</summary>
    /// <param name="events">The newest first, as CloudFormation lists them: at the same time, the later event comes first.</param>
    /// <param name="stackId">The stack's ARN.</param>
    public static IReadOnlyList<StackOperation> In(IEnumerable<StackEvent> events, string stackId)
    {
        var operations = new List<StackOperation>();
        foreach (
            var each in events
                .Where(each => each.Type == OfStack && each.PhysicalId == stackId)
                .Reverse()
                .OrderBy(each => each.At)
        )
        {
            if (Begins(each.Status))
            {
                operations.Add(new StackOperation(each.At, null, ReleaseOutcome.InProgress, ""));
            }
            else if (operations.Count > 0)
            {
                operations[^1] = operations[^1].After(each);
            }
            else if (Fails(each.Status))
            {
                // Its first event has expired. An operation that succeeded is known from the record.
                operations.Add(
                    new StackOperation(each.At, null, ReleaseOutcome.InProgress, "") { IsCut = true }.After(each)
                );
            }
        }

        return operations;
    }

    /// <summary>The distance of a time from the operation: zero within it.</summary>
    public TimeSpan DistanceTo(DateTimeOffset moment, DateTimeOffset now)
    {
        foreach (var (from, to) in Idle)
        {
            if (moment > from && moment < to)
            {
                return moment - from < to - moment ? moment - from : to - moment;
            }
        }

        return moment < StartedAt ? StartedAt - moment
            : moment > (EndedAt ?? now) ? moment - (EndedAt ?? now)
            : TimeSpan.Zero;
    }

    private static bool Begins(string status) =>
        status is "CREATE_IN_PROGRESS" or "UPDATE_IN_PROGRESS" or "IMPORT_IN_PROGRESS";

    private static bool Fails(string status) =>
        !IsDeletion(status)
        && (
            status.Contains("ROLLBACK", StringComparison.Ordinal)
            || status.EndsWith("_FAILED", StringComparison.Ordinal)
        );

    /// <summary>Deleting a stack, or failing to, does not change what was deployed before.</summary>
    private static bool IsDeletion(string status) => status.StartsWith("DELETE_", StringComparison.Ordinal);

    private StackOperation After(StackEvent each)
    {
        if (IsDeletion(each.Status))
        {
            return this;
        }

        var isRollback = each.Status.Contains("ROLLBACK", StringComparison.Ordinal);
        var reason = Reason.Length > 0 || !isRollback ? Reason : each.Reason;
        return each.Status switch
        {
            "CREATE_COMPLETE" or "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" or "IMPORT_COMPLETE" => Ended(
                ReleaseOutcome.Succeeded,
                each.At
            ),
            // Clean-up follows success, and ends in this status as well.
            "UPDATE_COMPLETE" => Ended(ReleaseOutcome.Succeeded, EndedAt ?? each.At),
            "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS" => Ended(ReleaseOutcome.RolledBack, each.At, reason),
            "UPDATE_ROLLBACK_COMPLETE" => Ended(
                ReleaseOutcome.RolledBack,
                Outcome == ReleaseOutcome.RolledBack ? EndedAt ?? each.At : each.At,
                reason
            ),
            "ROLLBACK_COMPLETE" or "IMPORT_ROLLBACK_COMPLETE" => Ended(ReleaseOutcome.RolledBack, each.At, reason),
            _ when each.Status.EndsWith("_FAILED", StringComparison.Ordinal) => this with
            {
                Outcome = ReleaseOutcome.Failed,
                EndedAt = each.At,
                Reason = each.Reason.Length > 0 ? each.Reason : reason,
            },
            // A continued rollback turns a failed operation into one in progress.
            _ when isRollback => this with
            {
                Outcome = ReleaseOutcome.InProgress,
                EndedAt = null,
                Reason = reason,
                Idle = EndedAt is { } stopped ? [.. Idle, (stopped, each.At)] : Idle,
            },
            _ => this,
        };
    }

    private StackOperation Ended(ReleaseOutcome outcome, DateTimeOffset at, string? reason = null) =>
        this with
        {
            Outcome = outcome,
            EndedAt = at,
            Reason = reason ?? Reason,
        };
}
