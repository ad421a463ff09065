namespace Lading.Http;

/// <summary>Cancels a request if no bytes have moved for a while.</summary>
internal sealed class InactivityTimer : IDisposable
{
    private readonly CancellationTokenSource timer;
    private readonly CancellationTokenSource linked;
    private readonly TimeSpan limit;

    public InactivityTimer(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        this.limit = limit;
        timer = new CancellationTokenSource(limit, time);
        linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
    }

    public CancellationToken Token => linked.Token;

    /// <summary>Restarts the timer, because bytes moved.</summary>
    public void Restart() => timer.CancelAfter(limit);

    /// <summary>Stops the timer: from now on, waiting is not the connection's fault.</summary>
    public void Suspend() => timer.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>Restarts the timer, and allows the next step this much longer.</summary>
    public void Extend(TimeSpan by) => timer.CancelAfter(limit + by);

    public void Dispose()
    {
        linked.Dispose();
        timer.Dispose();
    }
}
