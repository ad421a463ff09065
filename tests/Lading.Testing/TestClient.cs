using Lading.Http;
using Lading.Oci;
using Lading.Registry;
using Lading.Registry.Credentials;
using Lading.Registry.Transport;

namespace Lading.Testing;

/// <summary>Our client for one registry, with a record of what it asks and a log of what it says.</summary>
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

    /// <summary>The same tries as a user gets, without the waits between them.</summary>
    public static RetrySchedule AtOnce =>
        new(TimeProvider.System, new Random(1))
        {
            FirstWait = TimeSpan.FromMilliseconds(2),
            Inactivity = TimeSpan.FromSeconds(30),
        };

    /// <summary>For servers that stall on purpose. A busy machine stalls too: nothing else should depend on it.</summary>
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
