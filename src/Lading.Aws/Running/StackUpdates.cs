using Lading.Aws.CloudFormation;
using Lading.Rollbacks;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Updates stacks by change sets, with the credentials of a session.</summary>
/// <param name="session">The account and region; disposed of with this.</param>
/// <param name="time">The clock that facts are dated by.</param>
/// <param name="connections">What the session shares, closed after it; null if it belongs to the caller.</param>
internal sealed class StackUpdates(AwsSession session, TimeProvider time, IDisposable? connections = null)
    : IStackUpdates
{
    public async Task<StackEvidence?> FindAsync(string stack, CancellationToken cancellationToken)
    {
        try
        {
            var page = await session
                .ReadAsync(new DescribeStacks(stack, null, time.GetUtcNow()), cancellationToken)
                .ConfigureAwait(false);
            return page.Items.Count > 0 ? page.Items[0] : null;
        }
        catch (AwsException)
        {
            return null;
        }
    }

    public Task<string> ReadTemplateAsync(string stack, CancellationToken cancellationToken) =>
        session.ReadAsync(new GetTemplate(stack, IsOriginal: true), cancellationToken);

    public async Task<IReadOnlyList<StackEvent>> ReadEventsAsync(string stack, CancellationToken cancellationToken)
    {
        // A page holds more than happens between two looks.
        var page = await session
            .ReadAsync(new DescribeStackEvents(stack, null), cancellationToken)
            .ConfigureAwait(false);
        return page.Items;
    }

    public Task<string> CreateAsync(ChangeSetRequest request, CancellationToken cancellationToken) =>
        session.WriteAsync(new CreateChangeSet(request), cancellationToken);

    public async Task<ChangeSet> DescribeAsync(string changeSet, CancellationToken cancellationToken)
    {
        var (first, next) = await session
            .ReadAsync(new DescribeChangeSet(changeSet, null), cancellationToken)
            .ConfigureAwait(false);
        var changes = first.Changes.ToList();
        while (next is { Length: > 0 })
        {
            (var page, next) = await session
                .ReadAsync(new DescribeChangeSet(changeSet, next), cancellationToken)
                .ConfigureAwait(false);
            changes.AddRange(page.Changes);
        }

        return first with
        {
            Changes = changes,
        };
    }

    public Task DeleteAsync(string changeSet, CancellationToken cancellationToken) =>
        session.WriteAsync(new DeleteChangeSet(changeSet), cancellationToken);

    public async Task ExecuteAsync(string changeSet, CancellationToken cancellationToken)
    {
        try
        {
            await session.WriteAsync(new ExecuteChangeSet(changeSet), cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException e)
        {
            throw new LadingException(
                "Could not execute the change set",
                e.Error.Said("CloudFormation"),
                "Somebody else updated the stack meanwhile, or deleted the change set. Nothing was changed by this; look with lading status, and run it again.",
                innerException: e
            );
        }
    }

    public async Task CancelAsync(string stack, CancellationToken cancellationToken)
    {
        try
        {
            await session.WriteAsync(new CancelUpdateStack(stack), cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException)
        {
            // It is over meanwhile; what became of it, whoever follows it sees.
        }
    }

    public void Dispose()
    {
        session.Dispose();
        connections?.Dispose();
    }
}
