namespace Lading.Retention.Evidence;

/// <summary>Reads all that a decision about images rests on. It is read again before images are deleted.</summary>
internal interface IRetentionEvidence
{
    /// <summary>Reads it as it is now. What cannot be read is a hold, not a failure.</summary>
    Task<RetentionEvidence> ReadAsync(CancellationToken cancellationToken);
}
