using Lading.Http;
using Lading.Server;

namespace Lading.Tests.Server;

/// <summary>A timer may fire while it is being disposed of, or afterwards.</summary>
public sealed class EndingABodyInTime
{
    private readonly LateTime time = new();

    [Fact]
    public void A_deadline_that_passes_as_the_body_ends_is_not_a_failure()
    {
        using (var deadline = new BodyDeadline(time, TimeSpan.FromSeconds(1)))
        {
            deadline.Start();
        }

        time.Fire();
    }

    [Fact]
    public void A_limit_that_ends_as_the_body_does_is_not_a_failure()
    {
        using (
            new IdleTimeoutStream(
                Stream.Null,
                TimeSpan.FromSeconds(1),
                time,
                () => SlowBodyException.Silent(TimeSpan.FromSeconds(1))
            )
        ) { }

        time.Fire();
    }

    /// <summary>Its timers fire on command, even if they are disposed of.</summary>
    private sealed class LateTime : TimeProvider
    {
        private readonly List<Action> timers = [];

        public void Fire() => timers.ForEach(timer => timer());

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            timers.Add(() => callback(state));
            return new DeadTimer();
        }

        private sealed class DeadTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() { }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
