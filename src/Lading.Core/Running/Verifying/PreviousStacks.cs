using Lading.Running.Evidence;

namespace Lading.Running.Verifying;

/// <summary>Stacks before a deployment, to tell its effects from the state before.</summary>
/// <param name="stacks">The stacks that could be read, including nested ones.</param>
/// <param name="began">When the deployment started, by this machine's clock.</param>
internal sealed class PreviousStacks(IReadOnlyList<StackEvidence> stacks, DateTimeOffset began)
{
    /// <summary>
    /// The largest possible error of this machine's clock: AWS refuses requests signed with a larger one (IAM user
    /// guide, "Signature Version 4").
    /// </summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>When the deployment started, by this machine's clock.</summary>
    public DateTimeOffset Began => began;

    /// <summary>
    /// Whether a stack is unchanged since before the deployment. If it could not be read then, the time of its last
    /// operation decides.
    /// </summary>
    public bool Has(StackEvidence stack) =>
        stacks.FirstOrDefault(each => each.Id == stack.Id) is { } before
            ? before.UpdatedAt == stack.UpdatedAt && Outcome(before.Status) == Outcome(stack.Status)
            : (stack.UpdatedAt ?? stack.CreatedAt) < began - Skew;

    /// <summary>
    /// Treats stacks that were rolled back earlier and needed no update as deployed: their status is that of an earlier
    /// deployment.
    /// </summary>
    public EnvironmentEvidence Settle(EnvironmentEvidence evidence) =>
        evidence with
        {
            Stacks =
            [
                .. evidence.Stacks.Select(stack =>
                    stack.IsRolledBack && Has(stack)
                        ? stack with
                        {
                            Status = "UPDATE_COMPLETE",
                            StatusReason = "",
                        }
                        : stack
                ),
            ],
        };

    /// <summary>A status without the clean-up that may follow it: the outcome is known before.</summary>
    private static string Outcome(string status) =>
        status.Replace("_CLEANUP_IN_PROGRESS", "", StringComparison.Ordinal);
}
