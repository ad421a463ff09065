using System.Net.Sockets;

namespace Lading.Server.Connections;

/// <summary>A file on its way into a socket.</summary>
/// <param name="file">The file, opened for asynchronous reading.</param>
/// <param name="first">Where in it the first byte is.</param>
internal sealed class FileSending(FileStream file, long first)
{
    /// <summary>As much as is sent between two looks at whether anybody still listens.</summary>
    public const int Part = 512 * 1024;

    private long position = first;

    /// <summary>Bytes that are to be sent next.</summary>
    public int Pending { get; set; }

    /// <summary>Sends what is pending, by the system's own means (Linux: <c>sendfile</c>).</summary>
    public async Task SendAsync(Socket socket)
    {
        if (Pending == 0)
        {
            return;
        }

        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var packets = new SocketAsyncEventArgs();
        packets.SendPacketsElements = [new SendPacketsElement(file, position, Pending)];
        packets.Completed += (_, _) => sent.TrySetResult();
        if (socket.SendPacketsAsync(packets))
        {
            await sent.Task.ConfigureAwait(false);
        }

        if (packets.SocketError != SocketError.Success)
        {
            throw new SocketException((int)packets.SocketError);
        }

        position += Pending;
        Pending = 0;
    }
}
