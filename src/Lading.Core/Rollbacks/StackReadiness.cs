using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Whether a stack accepts an update now, by its status (CloudFormation user guide, "Stack status codes").</summary>
internal static class StackReadiness
{
    /// <summary>Whether an update is in progress that can be cancelled.</summary>
    public static bool CanBeCancelled(StackEvidence stack) => stack.Status == "UPDATE_IN_PROGRESS";

    /// <summary>
    /// Whether a failed operation left a top-level stack in a state that accepts no update until it is repaired.
    /// </summary>
    public static bool IsStuck(StackEvidence stack) =>
        stack is { ParentId: null, Status: "UPDATE_ROLLBACK_FAILED" or "UPDATE_FAILED" };

    /// <summary>Whether an operation has ended.</summary>
    public static bool IsOver(string status) =>
        !status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal)
        || status is "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" or "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS";

    /// <summary>Why a stack accepts no update; null if it does.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="evidence">The evidence of its environment, for the commands in the message.</param>
    public static LadingException? WhyNot(StackEvidence stack, EnvironmentEvidence evidence)
    {
        var name = stack.Name;
        var options = $"--stack-name {name}{evidence.CliOptions}";
        var (cameBack, remedy) = stack.Status switch
        {
            "CREATE_COMPLETE"
            or "UPDATE_COMPLETE"
            or "UPDATE_ROLLBACK_COMPLETE"
            or "IMPORT_COMPLETE"
            or "IMPORT_ROLLBACK_COMPLETE" => ("", ""),
            "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" or "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS" => (
                "CloudFormation still deletes what its last update replaced",
                "What runs has been updated already. Run this again in a few minutes; --dry-run works now."
            ),
            "UPDATE_IN_PROGRESS" => (
                Since("it is being updated", stack),
                $"Wait for its end, or cancel it, after a question: lading rollback {name} {evidence.Selector}. CloudFormation then goes back to what ran before."
            ),
            "UPDATE_ROLLBACK_IN_PROGRESS" => (
                Since("CloudFormation is going back to what ran before its last update", stack),
                $"Wait for its end: lading status --watch {evidence.Selector}. Then run this again if that is not enough."
            ),
            "UPDATE_ROLLBACK_FAILED" => (
                $"the rollback of its last update failed{Reason(stack)}",
                $"Put right what its events name (aws cloudformation describe-stack-events {options}), then: aws cloudformation continue-update-rollback {options}"
            ),
            "UPDATE_FAILED" => (
                $"its last update failed and was left as it is{Reason(stack)}",
                $"Go back to what ran before it: aws cloudformation rollback-stack {options}"
            ),
            "REVIEW_IN_PROGRESS" => (
                "it was never created: there is a change set, and nothing else",
                "Deploy it with lading deploy."
            ),
            "CREATE_IN_PROGRESS" => (Since("it is being created", stack), "There is nothing to go back to yet."),
            "CREATE_FAILED" or "ROLLBACK_COMPLETE" or "ROLLBACK_FAILED" or "ROLLBACK_IN_PROGRESS" => (
                $"its creation failed{Reason(stack)}",
                "It never ran. Delete it and deploy again."
            ),
            "DELETE_IN_PROGRESS" or "DELETE_COMPLETE" => ("it is being deleted", "Deploy it again with lading deploy."),
            "DELETE_FAILED" => (
                $"its deletion failed{Reason(stack)}",
                "Part of it is gone: delete it, and deploy again with lading deploy."
            ),
            var status => ($"its status is {status}", "Wait until that is over, and run this again."),
        };
        return cameBack.Length == 0
            ? null
            : new LadingException($"Could not go back in {name}", cameBack, remedy, FailureKind.CheckFailed);
    }

    private static string Since(string what, StackEvidence stack) =>
        $"{what} since {UtcText.Minute(stack.UpdatedAt ?? stack.CreatedAt)}";

    private static string Reason(StackEvidence stack) =>
        stack.StatusReason.Length > 0 ? $" ({stack.StatusReason.TrimEnd('.')})" : "";
}
