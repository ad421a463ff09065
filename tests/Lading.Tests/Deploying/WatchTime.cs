using Lading.Running.Verifying;
using Lading.Testing.Cloud;

namespace Lading.Tests.Deploying;

/// <summary>The time of accounts, which passes while a watch waits for its next read.</summary>
internal sealed class WatchTime(IReadOnlyList<TestAws> regions) : TimeProvider
{
    public override DateTimeOffset GetUtcNow()
    {
        lock (regions[0].Ecs)
        {
            return regions[0].Ecs.Now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Verification.Pause)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        foreach (var aws in regions)
        {
            lock (aws.Ecs)
            {
                aws.Stacks.Advance(dueTime);
            }
        }

        return base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(2), period);
    }
}
