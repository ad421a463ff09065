using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lading.Testing;

/// <summary>
/// A small HTTP proxy on loopback that records the head of every request, which is all that the operator of a proxy
/// sees. Every name leads to one server, so requests may be for names that do not exist.
/// </summary>
internal sealed class RecordingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentQueue<string> heads = [];
    private readonly ConcurrentBag<Task> connections = [];
    private readonly string upstream;
    private readonly Task accepting;

    /// <param name="upstream"><c>127.0.0.1:PORT</c>: where every request goes.</param>
    public RecordingProxy(string upstream)
    {
        this.upstream = upstream;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary><c>http://127.0.0.1:PORT</c>.</summary>
    public string Address => $"http://{listener.LocalEndpoint}";

    /// <summary>The status that answers every request; null to forward requests.</summary>
    public int? Refusal { get; init; }

    /// <summary>
    /// The required value of <c>Proxy-Authorization</c>, without which the answer is 407; null for none.
    /// </summary>
    public string? Login { get; init; }

    /// <summary>The heads of all requests, headers included.</summary>
    public IReadOnlyList<string> Heads => [.. heads];

    /// <summary>The first lines: <c>CONNECT registry.example:443 HTTP/1.1</c>.</summary>
    public IEnumerable<string> Lines => heads.Select(head => head.Split("\r\n")[0]);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        listener.Dispose();
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync(ending.Token);
            connections.Add(ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var near = client.GetStream();
            var head = await ReadHeadAsync(near);
            heads.Enqueue(head);
            var isLoggedIn =
                Login is null || head.Contains($"Proxy-Authorization: {Login}", StringComparison.OrdinalIgnoreCase);
            if ((Refusal ?? (isLoggedIn ? null : (int?)407)) is { } status)
            {
                await near.WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"HTTP/1.1 {status} No\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                    ),
                    ending.Token
                );
                return;
            }

            using var server = new TcpClient();
            await server.ConnectAsync(IPEndPoint.Parse(upstream), ending.Token);
            var far = server.GetStream();
            await (
                head.StartsWith("CONNECT ", StringComparison.Ordinal)
                    ? near.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), ending.Token)
                    : far.WriteAsync(Encoding.ASCII.GetBytes(Rewritten(head)), ending.Token)
            );
            await Task.WhenAny(near.CopyToAsync(far, ending.Token), far.CopyToAsync(near, ending.Token));
        }
    }

    /// <summary>The head for the server itself: a path alone, and one request per connection.</summary>
    private string Rewritten(string head)
    {
        var lines = head.Split("\r\n");
        var words = lines[0].Split(' ');
        lines[0] = $"{words[0]} {new Uri(words[1]).PathAndQuery} {words[2]}";
        return string.Join(
            "\r\n",
            [
                lines[0],
                .. lines[1..^2]
                    .Where(line =>
                        !line.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase)
                        && !line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase)
                    ),
                $"Host: {upstream}",
                "Connection: close",
                "",
                "",
            ]
        );
    }

    private async Task<string> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, ending.Token);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
