using Lading.Http;
using Lading.Oci;
using Lading.Registry;
using Lading.Registry.Credentials;
using Lading.Registry.Transport;

namespace Lading.Testing;

/// <summary>Lading's client for one registry, with a record of its requests and a log of its messages.</summary>
internal sealed class TestClient : IDisposable
{
    private readonly HttpConnections http;
    private readonly DistributionRegistry registry;

    public TestClient(
        string host,
        IRegistryCredentials? credentials = null,
        RetrySchedule? schedule = null,
        ProxyResolver? proxies = null,
        bool insecure = false
    )
    {
        RequestRecord? record = null;
        http = HttpConnections.Create(proxies ?? ProxyResolver.None, next => record = new RequestRecord(next));
        Requests = record!;
        Transport = new RegistryTransport(
            RegistryAddress.Of(host, insecure),
            http,
            credentials ?? new NoCredentials(),
            schedule ?? AtOnce,
            Log.Enqueue
        );
        registry = new DistributionRegistry(Transport);
    }

    /// <summary>The number of attempts that users get, almost without waits between them.</summary>
    public static RetrySchedule AtOnce =>
        new(TimeProvider.System, new Random(1))
        {
            FirstWait = TimeSpan.FromMilliseconds(2),
            Inactivity = TimeSpan.FromSeconds(30),
        };

    /// <summary>For servers that stall on purpose. A busy machine stalls too, so nothing else should use it.</summary>
    public static RetrySchedule Impatient => AtOnce with { Inactivity = TimeSpan.FromSeconds(1) };

    public RegistryTransport Transport { get; }

    public RequestRecord Requests { get; }

    /// <summary>What <c>--verbose</c> shows.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Log { get; } = [];

    public IImageRepository Open(string repository) => registry.Open(RepositoryName.Parse(repository));

    public void Dispose()
    {
        registry.Dispose();
        http.Dispose();
    }
}
