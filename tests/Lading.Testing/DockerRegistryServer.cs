using System.Text.RegularExpressions;
using Lading.Processes;

namespace Lading.Testing;

/// <summary>A real third-party registry: an empty CNCF distribution on a free loopback port.</summary>
internal sealed partial class DockerRegistryServer : IAsyncDisposable
{
    private readonly TestFolder folder;
    private readonly RunningServer server;

    private DockerRegistryServer(TestFolder folder, RunningServer server, string host)
    {
        this.folder = folder;
        this.server = server;
        Host = host;
        Http = new HttpClient { BaseAddress = new Uri($"http://{host}/") };
    }

    /// <summary><c>127.0.0.1:PORT</c>, as in references.</summary>
    public string Host { get; }

    /// <summary>A client for its address.</summary>
    public HttpClient Http { get; }

    public static async Task<DockerRegistryServer> StartAsync()
    {
        Requires.DockerRegistry();
        var folder = new TestFolder();
        var configuration = folder.Combine("config.yml");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            version: 0.1
            log: { level: info, formatter: json, accesslog: { disabled: true } }
            storage: { filesystem: { rootdirectory: {{folder.Combine("storage")}} }, delete: { enabled: true } }
            http: { addr: "127.0.0.1:0", secret: none }
            """
        );
        try
        {
            var call = new ProgramCall("docker-registry", "serve", configuration);
            var (server, host) = await RunningServer.StartAsync(call, Listening());
            return new DockerRegistryServer(folder, server, host);
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

    [GeneratedRegex(
        @"listening on (?<said>127\.0\.0\.1:\d+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Listening();
}
