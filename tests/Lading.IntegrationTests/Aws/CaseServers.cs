using System.Security.Cryptography.X509Certificates;

namespace Lading.IntegrationTests.Aws;

/// <summary>A stand-in for AWS for each case, so that their outcomes can be told apart.</summary>
internal sealed class CaseServers : IAsyncDisposable
{
    private readonly List<AnsweringAws> servers = [];

    public AnsweringAws this[int number] => servers[number];

    /// <summary>Starts another one.</summary>
    /// <returns>Its address.</returns>
    public async Task<string> AddAsync(X509Certificate2? certificate)
    {
        servers.Add(await AnsweringAws.StartAsync(certificate));
        return servers[^1].Address;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }
}
