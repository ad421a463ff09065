namespace Lading.Leases;

/// <summary>Leases that this run holds: renewed regularly, and released on disposal.</summary>
internal sealed class HeldLeases(ILeaseStore store, ILeaseProgress progress, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The time limit for releasing leases, which expire anyway.</summary>
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Lease> leases = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource cancellation = new();
    private Task renewing = Task.CompletedTask;

    /// <summary>The stacks of the leases.</summary>
    public IReadOnlyCollection<string> Stacks => leases.Keys;

    public void Add(string stack, Lease lease) => leases.Add(stack, lease);

    /// <summary>Starts the renewals.</summary>
    public void Keep()
    {
        if (leases.Count > 0)
        {
            renewing = RenewAsync(cancellation.Token);
        }
    }

    /// <summary>Releases the leases, even after a cancellation.</summary>
    public async ValueTask DisposeAsync()
    {
        if (cancellation.IsCancellationRequested)
        {
            return;
        }

        await cancellation.CancelAsync().ConfigureAwait(false);
        // An error here must not replace the result of the work: leases expire.
        await renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.Dispose();
        using var timeout = new CancellationTokenSource(ReleaseLimit);
        foreach (var (stack, lease) in leases)
        {
            await ((Task)store.DeleteAsync(stack, lease.Id, timeout.Token)).ConfigureAwait(
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
            // The work has finished.
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
                // Seen once, it may be from somebody who is about to restore ours.
                leases.Remove(stack);
                progress.Lost(stack, other, store.Selector);
            }
        }
        catch (LadingException)
        {
            // The lease outlasts several renewals: the next one may succeed.
        }
    }
}
