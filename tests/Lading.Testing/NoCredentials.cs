using Lading.Registry.Credentials;

namespace Lading.Testing;

/// <summary>Anonymous access.</summary>
internal sealed class NoCredentials : IRegistryCredentials
{
    public Task<RegistryLogin?> FindAsync(string host, bool renew, CancellationToken cancellationToken) =>
        Task.FromResult<RegistryLogin?>(null);
}
