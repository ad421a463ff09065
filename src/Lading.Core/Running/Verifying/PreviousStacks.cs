using Lading.Running.Evidence;

namespace Lading.Running.Verifying;

/// <summary>Stacks before a deployment, which separate its effects from what was already so.</summary>
/// <param name="stacks">Those that could be read, nested ones too.</param>
/// <param name="began">When the deployment started, by this machine's clock.</param>
internal sealed class PreviousStacks(IReadOnlyList<StackEvidence> stacks, DateTimeOffset began)
{
    /// <summary>
    /// The largest possible error of a clock: AWS refuses requests signed with another time (IAM user guide, "Signature Version 4").
    /// </summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>When the deployment started, by this machine's clock.</summary>
    public DateTimeOffset Began => began;

    /// <summary>
    /// Whether a stack was like this before, so the deployment has not changed it. If it could not be read before, the time of its last
    /// operation decides.
    /// </summary>
    public bool Has(StackEvidence stack) =>
        stacks.FirstOrDefault(each => each.Id == stack.Id) is { } before
            ? before.UpdatedAt == stack.UpdatedAt && Outcome(before.Status) == Outcome(stack.Status)
            : (stack.UpdatedAt ?? stack.CreatedAt) < began - Skew;

    /// <summary>
    /// A stack that was rolled back long ago and needed no update, since it runs the desired templates, counts as deployed: its status
    /// belongs to another deployment.
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

    /// <summary>A status without the clean-up that may follow: by then, the outcome is known.</summary>
    private static string Outcome(string status) =>
        status.Replace("_CLEANUP_IN_PROGRESS", "", StringComparison.Ordinal);
}
