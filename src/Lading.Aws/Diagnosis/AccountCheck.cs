using Lading.Diagnosis;

namespace Lading.Aws.Diagnosis;

/// <summary>A check of an account and region.</summary>
/// <param name="name">Its stable name.</param>
/// <param name="account">The account.</param>
internal abstract class AccountCheck(string name, ExaminedAccount account) : IHealthCheck
{
    public string Name => name;

    public string? Environment => account.Environment.Name;

    protected ExaminedAccount Account => account;

    public abstract Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken);
}
