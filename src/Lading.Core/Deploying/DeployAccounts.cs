using Lading.Configuration;
using Lading.Leases;
using Lading.Running;

namespace Lading.Deploying;

/// <summary>The accounts and regions of a deployment: what runs there, and who holds their leases.</summary>
/// <param name="Gathering">Reads what runs.</param>
/// <param name="OpenLeases">Opens the lease store of an account and region.</param>
/// <param name="Lease">Takes them.</param>
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
