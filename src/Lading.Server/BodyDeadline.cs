namespace Lading.Server;

/// <summary>The deadline for the next bytes of a body in memory: after a grace period, it must arrive at a minimum rate.</summary>
internal sealed class BodyDeadline : IDisposable
{
    /// <summary>In bytes a second: less than any usable connection.</summary>
    public const int Rate = 64 * 1024;

    private readonly TimeProvider time;
    private readonly TimeSpan grace;
    private readonly CancellationTokenSource late = new();
    private readonly ITimer timer;
    private long start;

    public BodyDeadline(TimeProvider time, TimeSpan grace)
    {
        this.time = time;
        this.grace = grace;
        timer = time.CreateTimer(_ => End(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled once the deadline has passed.</summary>
    public CancellationToken Token => late.Token;

    /// <summary>Starts the deadline.</summary>
    public void Start()
    {
        start = time.GetTimestamp();
        timer.Change(grace, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Extends the deadline by the bytes that have arrived since the start.</summary>
    public void Advance(long bytes)
    {
        var remaining = grace + TimeSpan.FromSeconds((double)bytes / Rate) - time.GetElapsedTime(start);
        timer.Change(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public static SlowBodyException Failure() =>
        new($"the body came slower than {Rate / 1024} KiB a second, and others wait for their turn");

    private void End()
    {
        try
        {
            late.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The body ended at this very moment: a disposed timer may still fire.
        }
    }

    public void Dispose()
    {
        timer.Dispose();
        late.Dispose();
    }
}
