namespace Lading.Testing.Faults;

/// <summary>Which requests hit a fault, and how often.</summary>
internal sealed class FaultRule(string method, string path, int skip, int times, Fault fault)
{
    private int seen;

    public Fault Fault => fault;

    /// <summary>How many requests hit it.</summary>
    public int Met => Math.Clamp(Volatile.Read(ref seen) - skip, 0, times);

    /// <summary>Whether this request hits the fault; every matching request is counted.</summary>
    public bool Takes(string asked, string address)
    {
        if ((method != "*" && method != asked) || !address.Contains(path, StringComparison.Ordinal))
        {
            return false;
        }

        var number = Interlocked.Increment(ref seen);
        return number > skip && (long)number <= (long)skip + times;
    }
}
