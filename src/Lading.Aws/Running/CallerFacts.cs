using Lading.Aws.CloudTrail;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>
/// Reads the callers of CloudFormation operations, with the same few lookups for all stacks of the account and region.
/// </summary>
internal sealed class CallerFacts(FactGathering facts)
{
    /// <summary>Reads the callers since the oldest event.</summary>
    /// <param name="subject">The stack; empty for all.</param>
    /// <param name="events">The events of the stacks; the oldest determines how far back to look.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<IReadOnlyList<StackCaller>> ReadAsync(
        string subject,
        IReadOnlyCollection<StackEvent> events,
        CancellationToken cancellationToken
    )
    {
        if (events.Count == 0)
        {
            return [];
        }

        var since = events.Min(each => each.At) - ReleaseMerge.Skew;
        var callers = new List<StackCaller>();
        // CloudTrail allows two lookups a second (CloudTrail API reference, LookupEvents), so they are sent one after
        // the other.
        foreach (var name in LookupEvents.Beginnings)
        {
            callers.AddRange(
                await facts
                    .ListAsync(next => new LookupEvents(name, since, next), subject, cancellationToken)
                    .ConfigureAwait(false)
            );
        }

        return callers;
    }
}
