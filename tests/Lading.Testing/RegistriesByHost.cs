using Lading.Configuration;
using Lading.Oci;
using Lading.Registries;

namespace Lading.Testing;

/// <summary>Registries that a test opens itself.</summary>
/// <param name="open">
/// Opens one by host: that of an environment's registry, or the environment's name if it has none.
/// </param>
internal sealed class RegistriesByHost(Func<string, CancellationToken, Task<IImageRegistry>> open) : IRegistries
{
    public Task<IImageRegistry> OpenAsync(EnvironmentDefinition environment, CancellationToken cancellationToken) =>
        open(environment.RegistryHost ?? environment.Name, cancellationToken);

    public Task<IImageRegistry> OpenHostAsync(string host, CancellationToken cancellationToken) =>
        open(host, cancellationToken);
}
