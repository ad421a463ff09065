namespace Lading.Retention.Acting;

/// <summary>How images are removed.</summary>
/// <param name="Grace">The grace period of a mark, in days.</param>
/// <param name="Archives">Whether to archive them instead of deleting them.</param>
/// <param name="Environment">The environment's name.</param>
/// <param name="AuditFolder">The folder of the log.</param>
internal sealed record PruneRequest(int Grace, bool Archives, string Environment, string AuditFolder)
{
    /// <summary>The registry's host: the evidence may include other registries.</summary>
    public required string Host { get; init; }
}
