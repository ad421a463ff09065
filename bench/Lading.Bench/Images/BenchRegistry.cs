using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lading.Processes;

namespace Lading.Bench.Images;

/// <summary>A running registry on a free loopback port.</summary>
internal sealed class BenchRegistry : IAsyncDisposable
{
    private readonly RunningProgram program;
    private readonly string folder;
    private readonly MeasuredRegistry kind;

    private BenchRegistry(RunningProgram program, MeasuredRegistry kind, string folder, int port)
    {
        this.program = program;
        this.kind = kind;
        this.folder = folder;
        Host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
    }

    public string Host { get; }

    /// <summary>The id of its process.</summary>
    public int Process => program.Id;

    public static async Task<BenchRegistry> StartAsync(
        MeasuredRegistry kind,
        string folder,
        CancellationToken cancellationToken
    )
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var port = FreePort();
        var program = RunningProgram.Start(kind.Call(port, folder));
        program.Input.Close();
        // Its output is read and dropped, so that it does not block on a full pipe.
        _ = program.Output.CopyToAsync(Stream.Null, CancellationToken.None);
        _ = program.Error.CopyToAsync(Stream.Null, CancellationToken.None);
        var registry = new BenchRegistry(program, kind, folder, port);
        await registry.WaitAsync(cancellationToken);
        return registry;
    }

    /// <summary>Deletes everything in it.</summary>
    public void Clear()
    {
        foreach (var child in Directory.Exists(folder) ? Directory.GetDirectories(folder) : [])
        {
            Directory.Delete(child, recursive: true);
        }
    }

    /// <summary>Deletes the repository that copies go to.</summary>
    public void ClearCopy()
    {
        var copy = Path.Combine(folder, kind.CopyFolder);
        if (Directory.Exists(copy))
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    public ValueTask DisposeAsync() => program.DisposeAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        for (var tried = 0; ; tried++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://{Host}/v2/"), cancellationToken);
                return;
            }
            catch (HttpRequestException) when (tried < 5000)
            {
                await Task.Delay(2, cancellationToken);
            }
        }
    }
}
