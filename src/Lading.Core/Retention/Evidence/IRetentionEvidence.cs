namespace Lading.Retention.Evidence;

/// <summary>Reads everything that a decision about images is based on. It is read again before images are deleted.</summary>
internal interface IRetentionEvidence
{
    /// <summary>Reads the current evidence. What cannot be read is a hold, not a failure.</summary>
    Task<RetentionEvidence> ReadAsync(CancellationToken cancellationToken);
}
