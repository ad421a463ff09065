using System.Text.RegularExpressions;

namespace Lading.Testing;

/// <summary>The embedded registry as a process of its own, as <c>lading registry</c> serves it, on a free port of loopback.</summary>
internal sealed partial class LadingRegistryServer : IAsyncDisposable
{
    private readonly TestFolder folder;
    private readonly RunningServer server;

    private LadingRegistryServer(TestFolder folder, RunningServer server, string host)
    {
        this.folder = folder;
        this.server = server;
        Host = host;
    }

    /// <summary><c>127.0.0.1:PORT</c>, as it stands in references.</summary>
    public string Host { get; }

    public static async Task<LadingRegistryServer> StartAsync()
    {
        var folder = new TestFolder();
        try
        {
            var call = ToolProcess.Call(folder.Path, "registry", "--port", "0", "--store", folder.Combine("store"));
            var (server, host) = await RunningServer.StartAsync(call, Address());
            return new LadingRegistryServer(folder, server, host);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [GeneratedRegex(
        @"registry +http://(?<said>127\.0\.0\.1:\d+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Address();
}
