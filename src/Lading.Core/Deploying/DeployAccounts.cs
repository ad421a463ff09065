using Lading.Configuration;
using Lading.Leases;
using Lading.Running;

namespace Lading.Deploying;

/// <summary>The accounts and regions that are deployed to: what runs there, and who is at it.</summary>
/// <param name="Gathering">Reads what runs.</param>
/// <param name="OpenLeases">Opens where leases of an account and region are kept.</param>
/// <param name="Lease">Takes them.</param>
/// <param name="LeaseProgress">Is told what becomes of them.</param>
internal sealed record DeployAccounts(
    IEnvironmentGathering Gathering,
    Func<EnvironmentDefinition, ILeaseStore> OpenLeases,
    Func<ILeaseStore, Leasing> Lease,
    ILeaseProgress LeaseProgress
) : IDisposable
{
    public void Dispose() => Gathering.Dispose();
}
