using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>One operation of a top-level stack: a creation or an update, with its rollback if there was one.</summary>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="EndedAt">When it was over; null if it is under way.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it did not succeed, in CloudFormation's words; empty if it did.</param>
internal sealed record StackOperation(
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    ReleaseOutcome Outcome,
    string Reason
)
{
    private const string OfStack = "AWS::CloudFormation::Stack";

    /// <summary>The operations that events tell of, the oldest first.</summary>
    /// <param name="events">The newest first, as CloudFormation lists them: of one moment, the later comes before.</param>
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
        }

        return operations;
    }

    /// <summary>How far a moment is from it: zero within it.</summary>
    public TimeSpan DistanceTo(DateTimeOffset moment, DateTimeOffset now) =>
        moment < StartedAt ? StartedAt - moment
        : moment > (EndedAt ?? now) ? moment - (EndedAt ?? now)
        : TimeSpan.Zero;

    private static bool Begins(string status) =>
        status is "CREATE_IN_PROGRESS" or "UPDATE_IN_PROGRESS" or "IMPORT_IN_PROGRESS";

    private StackOperation After(StackEvent each)
    {
        var isRollback = each.Status.Contains("ROLLBACK", StringComparison.Ordinal);
        var reason = Reason.Length > 0 || !isRollback ? Reason : each.Reason;
        return each.Status switch
        {
            "CREATE_COMPLETE" or "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" or "IMPORT_COMPLETE" => Over(
                ReleaseOutcome.Succeeded,
                each.At
            ),
            // Cleaning up comes after success, and leads to this status as well.
            "UPDATE_COMPLETE" => Over(ReleaseOutcome.Succeeded, EndedAt ?? each.At),
            "ROLLBACK_COMPLETE" or "UPDATE_ROLLBACK_COMPLETE" or "IMPORT_ROLLBACK_COMPLETE" => this with
            {
                Outcome = ReleaseOutcome.RolledBack,
                EndedAt = each.At,
                Reason = reason,
            },
            _ when each.Status.EndsWith("_FAILED", StringComparison.Ordinal) => this with
            {
                Outcome = ReleaseOutcome.Failed,
                EndedAt = each.At,
                Reason = each.Reason.Length > 0 ? each.Reason : reason,
            },
            // A rollback that goes on makes of what had failed something under way.
            _ when isRollback => this with { Outcome = ReleaseOutcome.InProgress, EndedAt = null, Reason = reason },
            _ => this,
        };
    }

    private StackOperation Over(ReleaseOutcome outcome, DateTimeOffset at) =>
        this with
        {
            Outcome = outcome,
            EndedAt = at,
        };
}
