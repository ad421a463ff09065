using System.Globalization;
using Lading.Processes;
using Lading.Running.Evidence;

namespace Lading.Leases;

/// <summary>Takes the leases of stacks before work on them starts, and keeps them until it ends.</summary>
/// <param name="store">Stores the leases.</param>
/// <param name="progress">Receives events about leases.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Generates ids.</param>
internal sealed class Leasing(ILeaseStore store, ILeaseProgress progress, TimeProvider time, Random random)
{
    /// <summary>If somebody takes a lease over at the same time, this many attempts settle who wins.</summary>
    private const int MaxAttempts = 5;

    /// <summary>Where the holder's run is, such as the URL of a job; null if that is unknown.</summary>
    public string? Job { get; init; }

    /// <summary>Takes the leases. Expired ones are taken over silently; if leases cannot be used, there is a note and no lease.</summary>
    /// <param name="attempted">The attempt, as the start of a sentence.</param>
    /// <param name="stacks">Names in CloudFormation.</param>
    /// <param name="activity">Such as <c>lading deploy</c>.</param>
    /// <param name="isSteal">Whether to take over the leases of others.</param>
    /// <param name="cancellationToken">Cancels it; leases that were taken are released.</param>
    /// <returns>The leases, which are released on disposal.</returns>
    /// <exception cref="LadingException">Somebody else is working on a stack.</exception>
    public async Task<HeldLeases> TakeAsync(
        string attempted,
        IReadOnlyList<string> stacks,
        string activity,
        bool isSteal,
        CancellationToken cancellationToken
    )
    {
        var held = new HeldLeases(store, progress, time);
        var isTaken = false;
        try
        {
            var now = time.GetUtcNow();
            var who = await store.WhoAsync(cancellationToken).ConfigureAwait(false);
            var id = random.NextInt64().ToString("x16", CultureInfo.InvariantCulture);
            var lease = new Lease(id, who, activity, now, now + Lease.Length)
            {
                Job = Job,
                Process = ProcessMark.Own.ToString(),
            };
            // Two runs that need the same stacks take them in the same order, so one of them gets all.
            foreach (var stack in stacks.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                if (await TakeAsync(stack, lease, isSteal, cancellationToken).ConfigureAwait(false) is { } other)
                {
                    throw LeaseRules.Busy(attempted, stack, other, store.Selector);
                }

                held.Add(stack, lease);
            }

            isTaken = true;
        }
        catch (LadingException e) when (e.Kind != FailureKind.CheckFailed)
        {
            progress.Unleased(e);
            isTaken = true;
        }
        finally
        {
            if (!isTaken)
            {
                await held.DisposeAsync().ConfigureAwait(false);
            }
        }

        held.Keep();
        return held;
    }

    /// <summary>Who is working on a stack, by their lease or by CloudTrail. Null if unknown.</summary>
    public async Task<string?> FindHolderAsync(StackEvidence stack, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await store.FindAsync(stack.Name, null, cancellationToken).ConfigureAwait(false);
            return LeaseRules.FindOther(stored, "", time.GetUtcNow())?.Holder
                ?? await store.FindStarterAsync(stack, cancellationToken).ConfigureAwait(false);
        }
        catch (LadingException)
        {
            return null;
        }
    }

    /// <summary>Takes one lease, or returns somebody else's.</summary>
    private async Task<Lease?> TakeAsync(string stack, Lease lease, bool isSteal, CancellationToken cancellationToken)
    {
        var text = lease.ToJson();
        for (var tries = 0; tries < MaxAttempts; tries++)
        {
            if (await store.CreateAsync(stack, text, cancellationToken).ConfigureAwait(false) is not null)
            {
                return null;
            }

            var stored = await store.FindAsync(stack, null, cancellationToken).ConfigureAwait(false);
            if (stored is null)
            {
                continue;
            }

            var other = LeaseRules.FindOther(stored, lease.Id, time.GetUtcNow());
            if (other is not null && !isSteal)
            {
                return other;
            }

            var version = await store.ReplaceAsync(stack, text, cancellationToken).ConfigureAwait(false);
            if (other is not null)
            {
                progress.Stole(stack, other);
                return null;
            }

            return await FindWinnerAsync(stack, lease, stored.Version, version, cancellationToken)
                .ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>The winner, if others took over the same lease at this moment; null if it is ours.</summary>
    private async Task<Lease?> FindWinnerAsync(
        string stack,
        Lease lease,
        long read,
        long written,
        CancellationToken cancellationToken
    )
    {
        var winner = LeaseRules.WinnerOf(read, written);
        if (winner == written)
        {
            return null;
        }

        var stored = await store.FindAsync(stack, winner, cancellationToken).ConfigureAwait(false);
        var other = LeaseRules.FindOther(stored, lease.Id, time.GetUtcNow());
        if (other is not null)
        {
            // Restores the lease that our write replaced.
            await store.ReplaceAsync(stack, stored!.Text, cancellationToken).ConfigureAwait(false);
        }

        return other;
    }
}
