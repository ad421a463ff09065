using Lading.Oci;
using Lading.Registry;
using Lading.Registry.Transport;

namespace Lading.Registries;

/// <summary>Registries with the OCI distribution protocol, and the logins of the user's own tools.</summary>
internal sealed class DistributionProvider(RegistryConnections connections) : IRegistryProvider
{
    public ValueTask<bool> AcceptsAsync(RegistryTarget target, CancellationToken cancellationToken) =>
        ValueTask.FromResult(target.Host is not null);

    public IImageRegistry Open(RegistryTarget target) =>
        new DistributionRegistry(
            new RegistryTransport(
                RegistryAddress.Of(target.Host!, target.IsInsecure),
                connections.Http,
                connections.Logins,
                connections.Schedule,
                connections.Log
            )
        );
}
