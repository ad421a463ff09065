namespace Lading.Retention.Acting;

/// <summary>How images are removed.</summary>
/// <param name="Grace">For how many days a mark waits.</param>
/// <param name="Archives">Whether they go to the archive instead of being deleted.</param>
/// <param name="Environment">The environment's name.</param>
/// <param name="AuditFolder">Where it is written down.</param>
internal sealed record PruneRequest(int Grace, bool Archives, string Environment, string AuditFolder)
{
    /// <summary>The host of the registry that is acted on: the evidence may be about others too.</summary>
    public required string Host { get; init; }
}
