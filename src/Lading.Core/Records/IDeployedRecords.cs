namespace Lading.Records;

/// <summary>A registry whose credentials also reach the account that stacks are deployed to.</summary>
internal interface IDeployedRecords
{
    /// <summary>Reads what the stacks of the environment's account and region run. That it cannot be read is an answer too.</summary>
    Task<DeployedRecords> ReadRecordsAsync(CancellationToken cancellationToken);
}

/// <summary>The records of the stacks of an account and region.</summary>
/// <param name="Stacks">By the stack's name.</param>
/// <param name="Unread">Why some or all are not known, as part of a sentence; null if all are.</param>
internal sealed record DeployedRecords(IReadOnlyDictionary<string, StackRecord> Stacks, string? Unread)
{
    /// <summary>Of an environment that has no account.</summary>
    public static DeployedRecords None { get; } =
        new(new Dictionary<string, StackRecord>(StringComparer.Ordinal), null);
}
