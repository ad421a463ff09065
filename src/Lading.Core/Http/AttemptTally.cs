namespace Lading.Http;

/// <summary>What trying came to so far, and whether another try is worth it.</summary>
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
