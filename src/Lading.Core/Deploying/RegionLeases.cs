using Lading.Leases;
using Lading.Running.Evidence;

namespace Lading.Deploying;

/// <summary>The leases of one deployment, in all its accounts and regions; released on disposal.</summary>
/// <param name="accounts">Opens the lease stores.</param>
/// <param name="attempted">The attempt, as the start of a sentence.</param>
internal sealed class RegionLeases(DeployAccounts accounts, string attempted) : IAsyncDisposable
{
    private readonly List<(DeployRegion Region, ILeaseStore Store, HeldLeases? Held)> taken = [];

    /// <summary>Takes the leases of one region's stacks.</summary>
    /// <exception cref="LadingException">Somebody else holds a stack.</exception>
    public async Task TakeAsync(DeployRegion region, bool isSteal, CancellationToken cancellationToken)
    {
        ILeaseStore store;
        try
        {
            store = accounts.OpenLeases(region.Environment);
        }
        catch (LadingException unusable)
        {
            accounts.LeaseProgress.Unleased(unusable);
            return;
        }

        taken.Add((region, store, null));
        var held = await accounts
            .Lease(store)
            .TakeAsync(attempted, region.Names, "lading deploy", isSteal, cancellationToken)
            .ConfigureAwait(false);
        taken[^1] = (region, store, held);
    }

    /// <summary>Ensures that CloudFormation is updating none of the stacks of a region.</summary>
    /// <exception cref="LadingException">It is updating one.</exception>
    public async Task RefuseBusyAsync(
        DeployRegion region,
        IReadOnlyList<StackEvidence> stacks,
        CancellationToken cancellationToken
    )
    {
        if (stacks.FirstOrDefault(each => each.ParentId is null && LeaseRules.IsBusy(each)) is not { } busy)
        {
            return;
        }

        var store = taken.Find(each => each.Region == region).Store;
        var who = store is null ? null : await store.FindStarterAsync(busy, cancellationToken).ConfigureAwait(false);
        throw LeaseRules.Busy(attempted, busy, who, region.Environment.Selector);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, store, held) in taken)
        {
            if (held is not null)
            {
                await held.DisposeAsync().ConfigureAwait(false);
            }

            store.Dispose();
        }

        taken.Clear();
    }
}
