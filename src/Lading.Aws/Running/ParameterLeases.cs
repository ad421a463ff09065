using Lading.Aws.CloudTrail;
using Lading.Aws.Ssm;
using Lading.Leases;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Stores leases in SSM parameters, beside the records of their stacks.</summary>
/// <param name="session">The account and region; disposed of with this object.</param>
/// <param name="connections">The connections that the session shares, disposed of after it; null if the caller owns
/// them.</param>
internal sealed class ParameterLeases(AwsSession session, IDisposable? connections = null) : ILeaseStore
{
    public string Selector => session.Settings.Selector;

    public async Task<string> WhoAsync(CancellationToken cancellationToken)
    {
        var caller = await session.GetCallerAsync(cancellationToken).ConfigureAwait(false);
        return caller.Name;
    }

    public async Task<long?> CreateAsync(string stack, string text, CancellationToken cancellationToken)
    {
        try
        {
            var put = new PutParameter(Lease.ParameterOf(stack), text, Overwrite: false);
            return await session.WriteAsync(put, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException)
        {
            return null;
        }
    }

    public Task<long> ReplaceAsync(string stack, string text, CancellationToken cancellationToken) =>
        session.WriteAsync(new PutParameter(Lease.ParameterOf(stack), text, Overwrite: true), cancellationToken);

    public async Task<StoredLease?> FindAsync(string stack, long? version, CancellationToken cancellationToken)
    {
        try
        {
            var found = await session
                .ReadAsync(new GetParameter(Lease.ParameterOf(stack), version), cancellationToken)
                .ConfigureAwait(false);
            return new StoredLease(found.Value, found.Version);
        }
        catch (AwsException)
        {
            return null;
        }
    }

    public async Task DeleteAsync(string stack, CancellationToken cancellationToken)
    {
        try
        {
            await session
                .WriteAsync(new DeleteParameter(Lease.ParameterOf(stack)), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (AwsException)
        {
            // Another run has deleted it first.
        }
    }

    public async Task<string?> FindStarterAsync(StackEvidence stack, CancellationToken cancellationToken)
    {
        var began = stack.UpdatedAt ?? stack.CreatedAt;
        try
        {
            foreach (var name in LookupEvents.Beginnings)
            {
                var page = await session
                    .ReadAsync(new LookupEvents(name, began - ReleaseMerge.Skew, null), cancellationToken)
                    .ConfigureAwait(false);
                if (
                    page.Items.FirstOrDefault(each =>
                        each.IsAbout(stack.Name) && (each.At - began).Duration() <= ReleaseMerge.Skew
                    ) is
                    { } call
                )
                {
                    return call.Who;
                }
            }
        }
        catch (LadingException)
        {
            // The name is helpful, but not required.
        }

        return null;
    }

    public void Dispose()
    {
        session.Dispose();
        connections?.Dispose();
    }
}
