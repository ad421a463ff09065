using Lading.Testing.Cloud;

namespace Lading.Tests.Running;

/// <summary>
/// A clock that waits by letting time pass in an account: after a wait of five seconds, it is five seconds later there.
/// </summary>
internal sealed class PassingTime(TestAws aws) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => aws.Ecs.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (aws.Ecs)
        {
            aws.Stacks.Advance(dueTime);
        }

        return System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }
}
