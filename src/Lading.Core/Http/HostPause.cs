namespace Lading.Http;

/// <summary>Makes all requests to a registry wait if it asks for a pause, not just the one it answered.</summary>
/// <remarks>Measured with the monotonic clock: changing the time of day has no effect.</remarks>
internal sealed class HostPause(TimeProvider time)
{
    private readonly long since = time.GetTimestamp();
    private long until;

    public void For(TimeSpan length)
    {
        var end = (Now + length).Ticks;
        var current = Interlocked.Read(ref until);
        while (end > current)
        {
            var actual = Interlocked.CompareExchange(ref until, end, current);
            if (actual == current)
            {
                return;
            }

            current = actual;
        }
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        // Another request may have been asked to wait longer meanwhile.
        while (TimeSpan.FromTicks(Interlocked.Read(ref until)) - Now is { Ticks: > 0 } remaining)
        {
            await Task.Delay(remaining, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Now => time.GetElapsedTime(since);
}
