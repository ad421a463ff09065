using Lading.Layout;
using Lading.Server;
using Xunit;

namespace Lading.Testing;

/// <summary>The embedded registry over HTTP on a free loopback port, with a store of its own.</summary>
internal sealed class TestRegistry : IAsyncDisposable
{
    private readonly TestFolder folder;
    private readonly RegistryServer server;

    private TestRegistry(TestFolder folder, LayoutStore store, RegistryServer server)
    {
        this.folder = folder;
        this.server = server;
        Store = store;
        Http = new HttpClient { BaseAddress = server.Address };
    }

    /// <summary>What it serves, which a test may read and write directly.</summary>
    public LayoutStore Store { get; }

    /// <summary><c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri Address => server.Address;

    /// <summary><c>127.0.0.1:PORT</c>, as in references.</summary>
    public string Host => server.Address.Authority;

    /// <summary>A client for its address.</summary>
    public HttpClient Http { get; }

    public static async Task<TestRegistry> StartAsync(RegistryServerOptions? options = null)
    {
        var folder = new TestFolder();
        var store = new LayoutStore(folder.Combine("registry"));
        try
        {
            var server = await RegistryServer.StartAsync(
                store,
                options ?? new RegistryServerOptions(),
                TestContext.Current.CancellationToken
            );
            return new TestRegistry(folder, store, server);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await server.DisposeAsync();
        folder.Dispose();
    }
}
