using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lading.IntegrationTests.Server.Fuzzing;

/// <summary>A connection that sends many requests before it reads the answers.</summary>
internal sealed class PipelinedConnection : IDisposable
{
    private readonly Socket socket;
    private readonly PipeReader reader;

    private PipelinedConnection(Socket socket)
    {
        this.socket = socket;
        reader = PipeReader.Create(new NetworkStream(socket));
    }

    public static async Task<PipelinedConnection> OpenAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return new PipelinedConnection(socket);
    }

    /// <summary>Sends requests, and nothing after them.</summary>
    /// <param name="requests">Their methods, and all their bytes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The statuses of the answers; fewer than the requests if the server hangs up.</returns>
    public async Task<IReadOnlyList<int>> ExchangeAsync(
        IReadOnlyList<(string Method, byte[] Bytes)> requests,
        CancellationToken cancellationToken
    )
    {
        var sending = SendAsync([.. requests.SelectMany(request => request.Bytes)], cancellationToken);
        var statuses = new List<int>();
        try
        {
            foreach (var (method, _) in requests)
            {
                if (await ReadAsync(method == "HEAD", cancellationToken) is not { } status)
                {
                    break;
                }

                statuses.Add(status);
            }
        }
        catch (IOException)
        {
            // The server hung up on something it did not understand, before all of it was sent.
        }

        await sending;
        return statuses;
    }

    public void Dispose() => socket.Dispose();

    private async Task SendAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(bytes, cancellationToken);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // As above.
        }
    }

    /// <summary>Reads one answer; null if the server hung up.</summary>
    private async Task<int?> ReadAsync(bool isHead, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await ReadHeadAsync(cancellationToken) is not { } head)
            {
                return null;
            }

            var status = int.Parse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
            if (status < 200)
            {
                continue;
            }

            if (!isHead && status is not (204 or 304))
            {
                await SkipBodyAsync(head, cancellationToken);
            }

            return status;
        }
    }

    private async Task<string?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var found = new SequenceReader<byte>(result.Buffer);
            if (found.TryReadTo(out ReadOnlySequence<byte> head, "\r\n\r\n"u8))
            {
                var text = Encoding.Latin1.GetString(head);
                reader.AdvanceTo(found.Position);
                return text;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    private async Task SkipBodyAsync(string head, CancellationToken cancellationToken)
    {
        const string Name = "\r\nContent-Length: ";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        Assert.True(at >= 0, $"an answer does not tell its length: {head}");
        var digits = head[(at + Name.Length)..].Split('\r')[0];
        for (var left = long.Parse(digits, CultureInfo.InvariantCulture); left > 0; )
        {
            var result = await reader.ReadAsync(cancellationToken);
            var count = Math.Min(left, result.Buffer.Length);
            reader.AdvanceTo(result.Buffer.GetPosition(count));
            left -= count;
            if (result.IsCompleted && count == 0)
            {
                return;
            }
        }
    }
}
