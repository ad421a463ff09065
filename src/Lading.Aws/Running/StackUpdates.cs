using Lading.Aws.CloudFormation;
using Lading.Aws.Ecs;
using Lading.Rollbacks;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Updates stacks through change sets, with the credentials of a session, or a role of the bootstrap if they are insufficient.</summary>
/// <param name="sessions">The account and region.</param>
/// <param name="bootstrap">The bootstrap whose roles may be used; null for none.</param>
/// <param name="time">The clock, for the times of facts.</param>
internal sealed class StackUpdates(RoleSessions sessions, Bootstrap? bootstrap, TimeProvider time) : IStackUpdates
{
    public ITemplateStore Templates { get; } = new BootstrapBucket(sessions, bootstrap);

    public IStackUpdates Through(Bootstrap? other) => new StackUpdates(sessions, other, time);

    public async Task<StackEvidence?> FindAsync(string stack, CancellationToken cancellationToken)
    {
        try
        {
            var page = await ReadAsync(new DescribeStacks(stack, null, time.GetUtcNow()), cancellationToken)
                .ConfigureAwait(false);
            return page.Items.Count > 0 ? page.Items[0] : null;
        }
        catch (AwsException)
        {
            return null;
        }
    }

    public Task<string> ReadTemplateAsync(string stack, CancellationToken cancellationToken) =>
        ReadAsync(new GetTemplate(stack, IsOriginal: true), cancellationToken);

    public async Task<IReadOnlyList<StackEvent>> ReadEventsAsync(string stack, CancellationToken cancellationToken)
    {
        // A page holds more events than occur between two reads.
        var page = await ReadAsync(new DescribeStackEvents(stack, null), cancellationToken).ConfigureAwait(false);
        return page.Items;
    }

    public Task<string> CreateAsync(ChangeSetRequest request, CancellationToken cancellationToken) =>
        WriteAsync(new CreateChangeSet(request), cancellationToken);

    public async Task<ChangeSet> DescribeAsync(string changeSet, CancellationToken cancellationToken)
    {
        var (first, next) = await ReadAsync(new DescribeChangeSet(changeSet, null), cancellationToken)
            .ConfigureAwait(false);
        var changes = first.Changes.ToList();
        while (next is { Length: > 0 })
        {
            (var page, next) = await ReadAsync(new DescribeChangeSet(changeSet, next), cancellationToken)
                .ConfigureAwait(false);
            changes.AddRange(page.Changes);
        }

        var nested = new Dictionary<string, ChangeSet>(StringComparer.Ordinal);
        foreach (var change in changes.Where(change => change.ChangeSet is not null))
        {
            nested[change.LogicalId] = await DescribeAsync(change.ChangeSet!, cancellationToken).ConfigureAwait(false);
        }

        return first with
        {
            Changes = changes,
            Nested = nested,
        };
    }

    public Task DeleteAsync(string changeSet, CancellationToken cancellationToken) =>
        WriteAsync(new DeleteChangeSet(changeSet), cancellationToken);

    public async Task ExecuteAsync(string changeSet, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(new ExecuteChangeSet(changeSet), cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException e)
        {
            throw new LadingException(
                "Could not execute the change set",
                e.Error.Describe("CloudFormation"),
                $"Somebody else updated the stack meanwhile, or deleted the change set. Nothing was changed by this: see what runs with lading status {sessions.Selector}, and run it again.",
                innerException: e
            );
        }
    }

    public async Task<bool?> HasBegunAsync(string changeSet, CancellationToken cancellationToken)
    {
        try
        {
            var (set, _) = await ReadAsync(
                    new DescribeChangeSet(changeSet, null, MayBeMissing: true),
                    cancellationToken
                )
                .ConfigureAwait(false);
            return set.HasBegun;
        }
        catch (AwsException)
        {
            return false;
        }
        catch (LadingException)
        {
            return null;
        }
    }

    public async Task<bool> CancelAsync(string stack, CancellationToken cancellationToken)
    {
        try
        {
            // The bootstrap's roles lack this permission.
            await sessions
                .RunAsync(null, session => session.WriteAsync(new CancelUpdateStack(stack), cancellationToken))
                .ConfigureAwait(false);
            return true;
        }
        catch (AwsException)
        {
            // It has ended meanwhile; the caller follows the stack and sees the result.
            return false;
        }
    }

    public async Task<string?> StopAsync(DeploymentEvidence deployment, CancellationToken cancellationToken)
    {
        try
        {
            await sessions
                .RunAsync(
                    null,
                    session => session.WriteAsync(new StopServiceDeployment(deployment.Arn), cancellationToken)
                )
                .ConfigureAwait(false);
            return null;
        }
        catch (AwsException e)
        {
            return e.Error.Describe("ECS");
        }
        catch (LadingException e)
        {
            // CloudFormation rolls the service back anyway, only later.
            return e.CameBack;
        }
    }

    private Task<T> ReadAsync<T>(IAwsOperation<T> operation, CancellationToken cancellationToken) =>
        sessions.RunAsync(bootstrap?.DeployRole, session => session.ReadAsync(operation, cancellationToken));

    private Task<T> WriteAsync<T>(IAwsOperation<T> operation, CancellationToken cancellationToken) =>
        sessions.RunAsync(bootstrap?.DeployRole, session => session.WriteAsync(operation, cancellationToken));
}
