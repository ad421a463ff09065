namespace Lading.Registry.Transport;

/// <summary>Records when bytes last moved, and passes the progress on.</summary>
internal sealed class ActivityClock(IProgress<long>? progress, TimeProvider time) : IProgress<long>
{
    private long last = long.MinValue;

    public void Report(long value)
    {
        if (value > 0)
        {
            Volatile.Write(ref last, time.GetTimestamp());
        }

        progress?.Report(value);
    }

    /// <summary>The time since bytes moved, or, if none did, since a given moment.</summary>
    public TimeSpan SinceLast(long moment) => time.GetElapsedTime(Math.Max(moment, Volatile.Read(ref last)));
}
