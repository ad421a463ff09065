namespace Lading.Http;

/// <summary>Tries again what may pass, within the bounds of a schedule: the one loop around registries, AWS and all else.</summary>
internal sealed class RetryLoop(RetrySchedule schedule, Action<string>? log)
{
    private readonly HostPause pause = new(schedule.Time);

    /// <summary>Makes attempts until one succeeds or no further one is worth it.</summary>
    /// <param name="attempted">What is attempted, for the log.</param>
    /// <param name="attempt">Makes one, given how the earlier ones went; an exception that leaves it ends everything.</param>
    /// <param name="giveUp">Says how it failed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<T> RunAsync<T>(
        string attempted,
        Func<AttemptTally, CancellationToken, Task<Attempt<T>>> attempt,
        Func<FailedAttempt, AttemptTally, Exception> giveUp,
        CancellationToken cancellationToken
    )
    {
        var started = schedule.Time.GetTimestamp();
        var tally = new AttemptTally();
        while (true)
        {
            await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
            var result = await attempt(tally, cancellationToken).ConfigureAwait(false);
            if (result.Failed is not { } failed)
            {
                return result.Value!;
            }

            tally.Add(failed, schedule);
            tally.Spent = schedule.Time.GetElapsedTime(started);
            await RecoverAsync(attempted, failed, tally, giveUp, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>After a failed attempt: waits, as long as was asked for, before the next one.</summary>
    /// <param name="attempted">What was attempted, for the log.</param>
    /// <param name="failed">What came back.</param>
    /// <param name="tally">The attempts so far, this attempt included.</param>
    /// <param name="giveUp">Says how it failed where no further attempt is worth it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task RecoverAsync(
        string attempted,
        FailedAttempt failed,
        AttemptTally tally,
        Func<FailedAttempt, AttemptTally, Exception> giveUp,
        CancellationToken cancellationToken
    )
    {
        var wait = schedule.WaitAfter(tally.Tried, failed.Asked);
        if (
            failed.Tries == 1
            || failed.Asked > schedule.Total
            || tally.IsOver(failed, schedule)
            || tally.Spent + wait > schedule.Total
        )
        {
            throw giveUp(failed, tally);
        }

        log?.Invoke($"{attempted}: {failed.Text}; try {tally.Tried + 1} in {wait.TotalSeconds:0.0} s");
        if (failed.IsBusy)
        {
            pause.For(wait);
            return;
        }

        await Task.Delay(wait, schedule.Time, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>The outcome of an attempt: a value, or a failure that may pass.</summary>
internal readonly record struct Attempt<T>(T? Value, FailedAttempt? Failed)
{
    public static implicit operator Attempt<T>(FailedAttempt failed) => new(default, failed);
}

/// <summary>The attempts so far, and whether another try is worth it.</summary>
internal sealed class AttemptTally
{
    private int ofFewTries;

    /// <summary>Tries so far that failed.</summary>
    public int Tried { get; private set; }

    /// <summary>The time that they and the waits between them took.</summary>
    public TimeSpan Spent { get; set; }

    /// <summary>Counts a try that failed. What is worth few tries is counted by itself: a busy hour before it is not a reason to give up sooner.</summary>
    public void Add(FailedAttempt failed, RetrySchedule schedule)
    {
        Tried++;
        ofFewTries += failed.Tries < schedule.Tries ? 1 : 0;
    }

    /// <summary>Whether as many tries failed as are reasonable.</summary>
    public bool IsOver(FailedAttempt failed, RetrySchedule schedule) =>
        Tried >= schedule.Tries || (failed.Tries < schedule.Tries && ofFewTries >= failed.Tries);
}
