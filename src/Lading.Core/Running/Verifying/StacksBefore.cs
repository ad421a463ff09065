using Lading.Running.Evidence;

namespace Lading.Running.Verifying;

/// <summary>Stacks as they were before a deployment, which tells what it did from what was so already.</summary>
/// <param name="stacks">Those that could be read, nested ones too.</param>
/// <param name="began">When the deployment began, by the clock of this machine.</param>
internal sealed class StacksBefore(IReadOnlyList<StackEvidence> stacks, DateTimeOffset began)
{
    /// <summary>How far a clock may be off at most: AWS refuses what is signed with another time (IAM user guide, "Signature Version 4").</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>When the deployment began, by the clock of this machine.</summary>
    public DateTimeOffset Began => began;

    /// <summary>
    /// Whether a stack was like this before, so that the deployment has not touched it. Where it could not be read before, the time of
    /// its last operation tells.
    /// </summary>
    public bool Has(StackEvidence stack) =>
        stacks.FirstOrDefault(each => each.Id == stack.Id) is { } before
            ? before.UpdatedAt == stack.UpdatedAt && Outcome(before.Status) == Outcome(stack.Status)
            : (stack.UpdatedAt ?? stack.CreatedAt) < began - Skew;

    /// <summary>
    /// A stack that was rolled back long ago, and needed no update since it runs the wanted templates, counts as deployed: its
    /// status tells of another deployment.
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

    /// <summary>A status without the cleaning up that may follow: by then, the outcome is known.</summary>
    private static string Outcome(string status) =>
        status.Replace("_CLEANUP_IN_PROGRESS", "", StringComparison.Ordinal);
}
