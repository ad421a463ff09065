using Lading.Configuration;
using Lading.Leases;
using Lading.Running;

namespace Lading.Deploying;

/// <summary>Access to the accounts and regions of a deployment: what runs there, and the leases of stacks.</summary>
/// <param name="Gathering">Reads what runs.</param>
/// <param name="OpenLeases">Opens the lease store of an account and region.</param>
/// <param name="Lease">Takes leases in a store.</param>
/// <param name="LeaseProgress">Receives events about leases.</param>
internal sealed record DeployAccounts(
    IEnvironmentGathering Gathering,
    Func<EnvironmentDefinition, ILeaseStore> OpenLeases,
    Func<ILeaseStore, Leasing> Lease,
    ILeaseProgress LeaseProgress
) : IDisposable
{
    public void Dispose() => Gathering.Dispose();
}
