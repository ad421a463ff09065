namespace Lading.Leases;

/// <summary>Leases that are ours: renewed while this lives, and given back when it is disposed of.</summary>
internal sealed class HeldLeases(ILeaseStore store, ILeaseProgress progress, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Nobody waits longer for leases to be given back: they end by themselves.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Lease> leases = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource ending = new();
    private Task renewing = Task.CompletedTask;

    /// <summary>The stacks whose leases are ours.</summary>
    public IReadOnlyCollection<string> Stacks => leases.Keys;

    public void Add(string stack, Lease lease) => leases.Add(stack, lease);

    /// <summary>Begins to renew them.</summary>
    public void Keep()
    {
        if (leases.Count > 0)
        {
            renewing = RenewAsync(ending.Token);
        }
    }

    /// <summary>Gives them back, also where what they were taken for was cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        if (ending.IsCancellationRequested)
        {
            return;
        }

        await ending.CancelAsync().ConfigureAwait(false);
        // Whatever goes wrong here, how the work ended that they were taken for counts: leases end by themselves.
        await renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
        using var patience = new CancellationTokenSource(Patience);
        foreach (var (stack, lease) in leases)
        {
            await ((Task)store.DeleteAsync(stack, lease.Id, patience.Token)).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing
            );
        }

        leases.Clear();
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var suspected = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            while (leases.Count > 0)
            {
                await Task.Delay(Lease.Renewal, time, cancellationToken).ConfigureAwait(false);
                foreach (var (stack, lease) in leases.ToList())
                {
                    await RenewAsync(stack, lease, suspected, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // What they were taken for is over.
        }
    }

    private async Task RenewAsync(
        string stack,
        Lease lease,
        HashSet<string> suspected,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var now = time.GetUtcNow();
            var stored = await store.FindAsync(stack, null, cancellationToken).ConfigureAwait(false);
            if (LeaseRules.FindOther(stored, lease.Id, now) is not { } other)
            {
                suspected.Remove(stack);
                var renewed = lease with { Until = now + Lease.Length };
                await store.ReplaceAsync(stack, renewed.ToJson(), cancellationToken).ConfigureAwait(false);
            }
            else if (!suspected.Add(stack))
            {
                // Seen once, it may be somebody who is about to put ours back.
                leases.Remove(stack);
                progress.Lost(stack, other);
            }
        }
        catch (LadingException)
        {
            // It lasts longer than several renewals: the next one may succeed.
        }
    }
}
