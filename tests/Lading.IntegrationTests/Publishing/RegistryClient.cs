using Lading.Http;
using Lading.Registry;
using Lading.Registry.Transport;
using Lading.Testing;

namespace Lading.IntegrationTests.Publishing;

/// <summary>Our client for a registry on loopback, to look at what publishers left there.</summary>
internal sealed class RegistryClient : IDisposable
{
    private readonly HttpConnections http = HttpConnections.Create(ProxyResolver.None);
    private readonly RegistryTransport transport;

    public RegistryClient(string host)
    {
        transport = new RegistryTransport(
            RegistryAddress.Of(host),
            http,
            new NoCredentials(),
            new RetrySchedule(TimeProvider.System, new Random(1))
        );
        Registry = new DistributionRegistry(transport);
    }

    public DistributionRegistry Registry { get; }

    public void Dispose()
    {
        transport.Dispose();
        http.Dispose();
    }
}
