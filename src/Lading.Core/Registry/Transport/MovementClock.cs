namespace Lading.Registry.Transport;

/// <summary>Remembers when bytes last moved, on the way to whoever shows the progress.</summary>
internal sealed class MovementClock(IProgress<long>? progress, TimeProvider time) : IProgress<long>
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

    /// <summary>The time since bytes moved; where none did, since a moment.</summary>
    public TimeSpan SinceLast(long moment) => time.GetElapsedTime(Math.Max(moment, Volatile.Read(ref last)));
}
