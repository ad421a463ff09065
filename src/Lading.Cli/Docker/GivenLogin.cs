using Lading.Registry.Credentials;

namespace Lading.Cli.Docker;

/// <summary>A login that somebody just gave, and no other.</summary>
internal sealed class GivenLogin(RegistryLogin login) : IRegistryCredentials
{
    public Task<RegistryLogin?> FindAsync(string host, bool renew, CancellationToken cancellationToken) =>
        Task.FromResult<RegistryLogin?>(login);
}
