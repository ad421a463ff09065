using Lading.Registry.Credentials;

namespace Lading.Testing.Faults;

/// <summary>One login for every host; another after the first renewal.</summary>
internal sealed class KnownLogin(RegistryLogin login, RegistryLogin? renewed = null) : IRegistryCredentials
{
    private int renewals;

    public int Renewals => renewals;

    public Task<RegistryLogin?> FindAsync(string host, bool renew, CancellationToken cancellationToken)
    {
        if (renew)
        {
            Interlocked.Increment(ref renewals);
        }

        return Task.FromResult<RegistryLogin?>(renewals > 0 ? renewed ?? login : login);
    }
}
