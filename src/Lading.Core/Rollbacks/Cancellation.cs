using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Goes back from an update that is under way: it is cancelled, and CloudFormation deploys again what was before.</summary>
internal sealed class Cancellation(IStackUpdates updates, IRollbackProgress progress, TimeProvider time)
{
    /// <returns>The stack at the end: the update may have been done before it could be cancelled.</returns>
    public async Task<StackEvidence> RunAsync(StackEvidence stack, CancellationToken cancellationToken)
    {
        var following = new StackFollowing(updates, time);
        await following.BeginAsync(stack.Id, cancellationToken).ConfigureAwait(false);
        progress.Cancelling();
        await updates.CancelAsync(stack.Id, cancellationToken).ConfigureAwait(false);
        return await following.FollowAsync(stack, progress.Happened, cancellationToken).ConfigureAwait(false);
    }
}
