using Lading.Leases;
using Lading.Running;

namespace Lading.Deploying;

/// <summary>The account and region that is deployed to: what runs there, and who is at it.</summary>
/// <param name="Gathering">Reads what runs.</param>
/// <param name="Leases">Where leases are kept.</param>
/// <param name="Leasing">Takes them.</param>
internal sealed record DeployAccount(IEnvironmentGathering Gathering, ILeaseStore Leases, Leasing Leasing) : IDisposable
{
    public void Dispose()
    {
        Leases.Dispose();
        Gathering.Dispose();
    }
}
