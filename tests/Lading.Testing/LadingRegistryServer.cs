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

    /// <summary>Starts one.</summary>
    /// <param name="store">The folder of its images, which may be another's too; null for one of its own.</param>
    public static async Task<LadingRegistryServer> StartAsync(string? store = null)
    {
        var folder = new TestFolder();
        try
        {
            var call = ToolProcess.Call(
                folder.Path,
                "registry",
                "--port",
                "0",
                "--store",
                store ?? folder.Combine("store")
            );
            var (server, host) = await RunningServer.StartAsync(call, Address());
            return new LadingRegistryServer(folder, server, host);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Ends it at once, as a failure of power would.</summary>
    public void Kill() => server.Kill();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [GeneratedRegex(
        @"registry +http://(?<said>127\.0\.0\.1:\d+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Address();
}
