using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace Lading.Server.Connections;

/// <summary>
/// What a connection sends, written to its socket without detours. Kestrel has no <c>sendfile</c>: all it sends is copied
/// through memory. Here a part of a file may take the place of what is written, and goes to the socket inside the system.
/// </summary>
/// <param name="socket">The connection's.</param>
/// <param name="inner">What would have been written to; it is only told of the end.</param>
/// <param name="placeholder">Stands for a file's bytes, which are never in memory: nobody reads or writes it.</param>
internal sealed class SocketOutput(Socket socket, PipeWriter inner, Memory<byte> placeholder) : PipeWriter
{
    private const int SmallSegment = 4 * 1024;
    private const int LargeSegment = 64 * 1024;

    private readonly List<ArraySegment<byte>> full = [];
    private byte[]? current;
    private int used;
    private bool isBroken;
    private bool isCanceled;

    /// <summary>The file whose bytes are sent in place of those that are written; null for these themselves.</summary>
    public FileSending? File { get; set; }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => File?.Pending ?? used + full.Sum(segment => (long)segment.Count);

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (File is not null)
        {
            return placeholder;
        }

        if (current is not null && current.Length - used < Math.Max(1, sizeHint))
        {
            full.Add(new ArraySegment<byte>(current, 0, used));
            current = null;
            used = 0;
        }

        current ??= ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, full.Count == 0 ? SmallSegment : LargeSegment));
        return current.AsMemory(used);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (File is { } file)
        {
            file.Pending += bytes;
        }
        else
        {
            used += bytes;
        }
    }

    public override void CancelPendingFlush() => isCanceled = true;

    public override void Complete(Exception? exception = null)
    {
        Release();
        inner.Complete(exception);
    }

    public override ValueTask CompleteAsync(Exception? exception = null)
    {
        Release();
        return inner.CompleteAsync(exception);
    }

    /// <summary>Sends what was written.</summary>
    /// <returns>Where nobody receives it: that it is over, as a pipe says it.</returns>
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (!isBroken && File is { } file)
            {
                await file.SendAsync(socket).ConfigureAwait(false);
            }
            else if (!isBroken)
            {
                await SendAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            isBroken = true;
        }

        Release();
        var result = new FlushResult(isCanceled, isBroken);
        isCanceled = false;
        return result;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        if (full.Count > 0)
        {
            full.Add(new ArraySegment<byte>(current!, 0, used));
            current = null;
            used = 0;
            await socket.SendAsync(full).ConfigureAwait(false);
            return;
        }

        for (var sent = 0; sent < used; )
        {
            sent += await socket
                .SendAsync(current.AsMemory(sent, used - sent), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>A connection that waits for its next request holds no memory.</summary>
    private void Release()
    {
        foreach (var segment in full)
        {
            ArrayPool<byte>.Shared.Return(segment.Array!);
        }

        full.Clear();
        if (current is not null)
        {
            ArrayPool<byte>.Shared.Return(current);
            current = null;
        }

        used = 0;
    }
}
