using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary>Responds with a part of a file.</summary>
internal static class FileBody
{
    /// <summary>The number of bytes that are read and sent at once.</summary>
    public const int Part = 128 * 1024;

    public static async Task SendAsync(
        HttpResponse response,
        FileStream file,
        ByteRange range,
        CancellationToken cancellationToken
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Part);
        try
        {
            file.Position = range.First;
            for (var remaining = range.Length; remaining > 0; )
            {
                var count = (int)Math.Min(remaining, buffer.Length);
                await file.ReadExactlyAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                await response.Body.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                remaining -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
