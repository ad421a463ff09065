using Lading.Testing;

namespace Lading.IntegrationTests.Interop;

/// <summary>
/// A registry over HTTP: one of another project, or the embedded one as <c>lading registry</c> serves it.
/// </summary>
internal sealed class StartedRegistry : IAsyncDisposable
{
    /// <summary>CNCF distribution.</summary>
    public const string Distribution = "docker-registry";

    /// <summary>Ours.</summary>
    public const string Embedded = "lading registry";

    private readonly IAsyncDisposable server;

    private StartedRegistry(string host, IAsyncDisposable server)
    {
        Host = host;
        this.server = server;
    }

    /// <summary><c>127.0.0.1:PORT</c>, as references have it.</summary>
    public string Host { get; }

    /// <param name="which">One of the two constants.</param>
    public static async Task<StartedRegistry> StartAsync(string which)
    {
        if (which == Distribution)
        {
            var distribution = await DockerRegistryServer.StartAsync();
            return new StartedRegistry(distribution.Host, distribution);
        }

        var embedded = await LadingRegistryServer.StartAsync();
        return new StartedRegistry(embedded.Host, embedded);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
