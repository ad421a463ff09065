using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Follows an operation of a stack to its end.</summary>
/// <param name="updates">Reads the stack.</param>
/// <param name="time">The clock.</param>
internal sealed class StackWatcher(IStackUpdates updates, TimeProvider time)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly HashSet<StackEvent> reported = [];

    /// <summary>Remembers past events, which are not reported again.</summary>
    public async Task BeginAsync(string stack, CancellationToken cancellationToken)
    {
        reported.UnionWith(await updates.ReadEventsAsync(stack, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Waits until the operation ends, and reports its events.</summary>
    /// <param name="before">The stack before the operation: at first, CloudFormation may still return the old
    /// status.</param>
    /// <param name="happened">Receives each event.</param>
    /// <param name="cancellationToken">Stops watching; the operation continues.</param>
    /// <returns>The stack at the end.</returns>
    public async Task<StackEvidence> FollowAsync(
        StackEvidence before,
        Action<StackEvent> happened,
        CancellationToken cancellationToken
    )
    {
        var hasBegun = StackReadiness.CanBeCancelled(before);
        while (true)
        {
            var events = await updates.ReadEventsAsync(before.Id, cancellationToken).ConfigureAwait(false);
            foreach (var stackEvent in events.Reverse().Where(reported.Add))
            {
                happened(stackEvent);
            }

            var now =
                await updates.FindAsync(before.Id, cancellationToken).ConfigureAwait(false)
                ?? throw new LadingException(
                    $"Could not follow stack {before.Name}",
                    "CloudFormation does not have it any more",
                    "Somebody deleted it meanwhile."
                );
            hasBegun |= !StackReadiness.IsOver(now.Status) || now.UpdatedAt > (before.UpdatedAt ?? before.CreatedAt);
            if (hasBegun && StackReadiness.IsOver(now.Status))
            {
                return now;
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
