namespace Lading.Records;

/// <summary>A registry whose credentials also give access to the account of the stacks.</summary>
internal interface IDeployedRecords
{
    /// <summary>Reads the records of the stacks in the environment's account and region. An error is part of the result.</summary>
    Task<DeployedRecords> ReadRecordsAsync(CancellationToken cancellationToken);
}

/// <summary>The records of the stacks of an account and region.</summary>
/// <param name="Stacks">By the stack's name.</param>
/// <param name="Unread">Why some or all are unknown, as part of a sentence; null if all are known.</param>
internal sealed record DeployedRecords(IReadOnlyDictionary<string, StackRecord> Stacks, string? Unread)
{
    /// <summary>For an environment without an account.</summary>
    public static DeployedRecords None { get; } =
        new(new Dictionary<string, StackRecord>(StringComparer.Ordinal), null);
}
