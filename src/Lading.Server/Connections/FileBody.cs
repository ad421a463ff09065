using System.Buffers;
using Lading.Server.Distribution;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Connections;

/// <summary>Answers with a part of a file.</summary>
internal static class FileBody
{
    private const int BufferSize = 128 * 1024;

    public static Task SendAsync(
        HttpResponse response,
        FileStream file,
        ByteRange range,
        CancellationToken cancellationToken
    ) =>
        response.HttpContext.Features.Get<SocketOutput>() is { } output && range.Length >= BufferSize
            ? SendAsync(response, output, file, range, cancellationToken)
            : CopyAsync(response.Body, file, range, cancellationToken);

    private static async Task SendAsync(
        HttpResponse response,
        SocketOutput output,
        FileStream file,
        ByteRange range,
        CancellationToken cancellationToken
    )
    {
        await response.StartAsync(cancellationToken).ConfigureAwait(false);
        // The head goes first.
        await response.BodyWriter.FlushAsync(cancellationToken).ConfigureAwait(false);
        output.File = new FileSending(file, range.First);
        try
        {
            for (var left = range.Length; left > 0; )
            {
                var count = (int)Math.Min(left, FileSending.Part);
                response.BodyWriter.GetMemory(count);
                response.BodyWriter.Advance(count);
                var sent = await response.BodyWriter.FlushAsync(cancellationToken).ConfigureAwait(false);
                if (sent.IsCompleted || sent.IsCanceled)
                {
                    return;
                }

                left -= count;
            }
        }
        finally
        {
            output.File = null;
        }
    }

    private static async Task CopyAsync(
        Stream body,
        FileStream file,
        ByteRange range,
        CancellationToken cancellationToken
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            file.Position = range.First;
            for (var left = range.Length; left > 0; )
            {
                var count = (int)Math.Min(left, buffer.Length);
                await file.ReadExactlyAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                await body.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                left -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
