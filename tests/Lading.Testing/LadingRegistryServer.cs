using System.Text.RegularExpressions;

namespace Lading.Testing;

/// <summary>The embedded registry in a process of its own, <c>lading registry</c>, on a free loopback port.</summary>
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

    /// <summary><c>127.0.0.1:PORT</c>, as in references.</summary>
    public string Host { get; }

    /// <param name="store">The folder of its images, which may be shared; null for one of its own.</param>
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

    /// <summary>Kills it, as a power failure would.</summary>
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
