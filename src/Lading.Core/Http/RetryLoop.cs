namespace Lading.Http;

/// <summary>
/// Retries transient failures within the limits of a schedule: the only retry loop, for registries, AWS and everything
/// else.
/// </summary>
internal sealed class RetryLoop(RetrySchedule schedule, Action<string>? log)
{
    private readonly HostPause pause = new(schedule.Time);

    /// <summary>Makes attempts until one succeeds or another one is not worthwhile.</summary>
    /// <param name="attempted">The operation, for the log.</param>
    /// <param name="attempt">Makes an attempt, given the earlier ones; an exception ends the loop.</param>
    /// <param name="giveUp">Creates the final error.</param>
    /// <param name="cancellationToken">Cancels it.</param>
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

    /// <summary>After a failed attempt, waits before the next one, as long as the server asked.</summary>
    /// <param name="attempted">The operation, for the log.</param>
    /// <param name="failed">The failure.</param>
    /// <param name="tally">The attempts so far, including this one.</param>
    /// <param name="giveUp">Creates the final error if another attempt is not worthwhile.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
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

/// <summary>The outcome of an attempt: a value or a failure.</summary>
internal readonly record struct Attempt<T>(T? Value, FailedAttempt? Failed)
{
    public static implicit operator Attempt<T>(FailedAttempt failed) => new(default, failed);
}

/// <summary>The attempts so far, and whether another one is worthwhile.</summary>
internal sealed class AttemptTally
{
    private int limitedTries;

    /// <summary>The number of failed attempts.</summary>
    public int Tried { get; private set; }

    /// <summary>The time they took, including the waits between them.</summary>
    public TimeSpan Spent { get; set; }

    /// <summary>
    /// Counts a failed attempt. Failures that allow few attempts are counted separately: a long wait for a busy server does not use
    /// them up.
    /// </summary>
    public void Add(FailedAttempt failed, RetrySchedule schedule)
    {
        Tried++;
        limitedTries += failed.Tries < schedule.Tries ? 1 : 0;
    }

    /// <summary>Whether the limit of attempts is reached.</summary>
    public bool IsOver(FailedAttempt failed, RetrySchedule schedule) =>
        Tried >= schedule.Tries || (failed.Tries < schedule.Tries && limitedTries >= failed.Tries);
}
