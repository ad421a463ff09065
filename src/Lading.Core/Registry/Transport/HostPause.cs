namespace Lading.Registry.Transport;

/// <summary>When a registry asks for a pause, all requests to it wait, not just the one that was told.</summary>
internal sealed class HostPause(TimeProvider time)
{
    private long until;

    public void For(TimeSpan length)
    {
        var end = (time.GetUtcNow() + length).UtcTicks;
        var current = Interlocked.Read(ref until);
        while (end > current)
        {
            var seen = Interlocked.CompareExchange(ref until, end, current);
            if (seen == current)
            {
                return;
            }

            current = seen;
        }
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var left = Interlocked.Read(ref until) - time.GetUtcNow().UtcTicks;
        if (left > 0)
        {
            await Task.Delay(TimeSpan.FromTicks(left), time, cancellationToken).ConfigureAwait(false);
        }
    }
}
