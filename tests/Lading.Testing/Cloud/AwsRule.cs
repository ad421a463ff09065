using Lading.Testing.Faults;

namespace Lading.Testing.Cloud;

/// <summary>Which AWS calls hit a fault, and how often.</summary>
internal sealed class AwsRule(Func<AwsCall, bool> isMet, int times, Fault fault)
{
    private int left = times;

    public Fault Fault => fault;

    /// <summary>Whether this call hits the fault; every matching call is counted.</summary>
    public bool Takes(AwsCall call) => isMet(call) && Interlocked.Decrement(ref left) >= 0;
}
