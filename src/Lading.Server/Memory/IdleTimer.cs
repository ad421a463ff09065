namespace Lading.Server.Memory;

/// <summary>Acts once whenever a server has been idle for a while, including after its start.</summary>
internal sealed class IdleTimer : IDisposable
{
    /// <summary>The idle time.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Action act;
    private readonly ITimer timer;
    private int running;

    /// <summary>Starts to wait.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="act">The action, which must not fail, since nobody would notice.</param>
    public IdleTimer(TimeProvider time, Action act)
    {
        this.act = act;
        timer = time.CreateTimer(_ => OnIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(Length, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Records the start of a request.</summary>
    public void Begin()
    {
        lock (gate)
        {
            if (running++ == 0)
            {
                timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Records the end of a request.</summary>
    public void End()
    {
        lock (gate)
        {
            if (--running == 0)
            {
                timer.Change(Length, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose() => timer.Dispose();

    private void OnIdle()
    {
        lock (gate)
        {
            // A request may have come while the timer fired.
            if (running > 0)
            {
                return;
            }
        }

        act();
    }
}
