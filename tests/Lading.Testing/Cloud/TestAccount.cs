using Lading.Layout;
using Lading.Server;
using Lading.Testing.Faults;
using Xunit;

namespace Lading.Testing.Cloud;

/// <summary>An account of a <see cref="TestCloud"/>: credentials, and an ECR that is the embedded registry.</summary>
internal sealed class TestAccount : IAsyncDisposable
{
    private readonly TestFolder folder;
    private readonly RegistryServer server;

    private TestAccount(string id, TestFolder folder, LayoutStore store, RegistryServer server, FaultServer data)
    {
        Id = id;
        this.folder = folder;
        this.server = server;
        Store = store;
        Data = data;
    }

    /// <summary>12 digits.</summary>
    public string Id { get; }

    public required string AccessKey { get; init; }

    public required string Secret { get; init; }

    public required string Token { get; init; }

    /// <summary>The content of its ECR, which a test may read and write directly.</summary>
    public LayoutStore Store { get; }

    /// <summary>The server in front of its ECR, whose address the API returns for the distribution protocol.</summary>
    public FaultServer Data { get; }

    /// <summary>The address of its ECR's API.</summary>
    public Uri Address => server.Address;

    public static async Task<TestAccount> StartAsync(
        string id,
        string region,
        (string Key, string Secret, string Token) keys
    )
    {
        var folder = new TestFolder();
        var store = new LayoutStore(folder.Combine("store"));
        var options = new RegistryServerOptions
        {
            Account = id,
            Region = region,
            CreatesOnPush = false,
        };
        var server = await RegistryServer.StartAsync(store, options, TestContext.Current.CancellationToken);
        return new TestAccount(id, folder, store, server, await FaultServer.StartAsync(server.Address.Authority))
        {
            AccessKey = keys.Key,
            Secret = keys.Secret,
            Token = keys.Token,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Data.DisposeAsync();
        await server.DisposeAsync();
        folder.Dispose();
    }
}
