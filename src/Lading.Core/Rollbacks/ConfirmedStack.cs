using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Detects updates of a stack between the plan that was confirmed and its execution.</summary>
internal static class ConfirmedStack
{
    /// <summary>Ensures that a stack is still as it was shown.</summary>
    /// <exception cref="LadingException">Another operation has started or ended since; nothing was changed.</exception>
    public static async Task EnsureAsync(
        IStackUpdates updates,
        StackEvidence shown,
        CancellationToken cancellationToken
    )
    {
        var now = await updates.FindAsync(shown.Id, cancellationToken).ConfigureAwait(false);
        if (now is not null && now.UpdatedAt == shown.UpdatedAt && now.IsInProgress == shown.IsInProgress)
        {
            return;
        }

        throw new LadingException(
            $"Could not go back in {shown.Name}",
            now is null
                ? "it was deleted since this was shown"
                : $"it is {now.Status} and no longer as it was shown: somebody updated it meanwhile",
            "Nothing was changed. Run this again: it reads the stack as it is now.",
            FailureKind.CheckFailed
        );
    }
}
