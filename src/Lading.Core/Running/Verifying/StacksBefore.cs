using Lading.Running.Evidence;

namespace Lading.Running.Verifying;

/// <summary>Stacks as they were before a deployment that has succeeded since.</summary>
internal sealed class StacksBefore(IReadOnlyList<StackEvidence> stacks)
{
    /// <summary>Whether a stack was like this before, so that the deployment has not touched it.</summary>
    public bool Has(StackEvidence stack) =>
        stacks.Any(each => each.Id == stack.Id && each.Status == stack.Status && each.UpdatedAt == stack.UpdatedAt);

    /// <summary>
    /// What was rolled back long ago, and was left alone since what is deployed is what was to be deployed, counts as deployed: its
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
}
