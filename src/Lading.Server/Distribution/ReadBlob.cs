using Lading.Oci;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary><c>GET</c> and <c>HEAD /v2/&lt;name&gt;/blobs/&lt;digest&gt;</c>, whole or a range.</summary>
internal sealed class ReadBlob(RepositoryName repository, Digest digest) : IEndpoint
{
    public async Task AnswerAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var file = exchange.Open(repository).Blobs.Open(digest) ?? throw DistributionException.BlobUnknown(digest);
        await using (file.ConfigureAwait(false))
        {
            var response = exchange.Response;
            var size = file.Length;
            response.ContentType = "application/octet-stream";
            response.Headers.AcceptRanges = "bytes";
            response.Headers["Docker-Content-Digest"] = digest.ToString();
            response.Headers.ETag = $"\"{digest}\"";
            if (exchange.IsHead)
            {
                response.ContentLength = size;
                return;
            }

            var range = ByteRange.Whole(size);
            if (ByteRange.TryParse(exchange.Request.Headers.Range, size, out var asked))
            {
                if (asked is not { } part)
                {
                    response.Headers.ContentRange = $"bytes */{size}";
                    throw new DistributionException(416, "SIZE_INVALID", $"the blob has {size} bytes");
                }

                range = part;
                response.StatusCode = StatusCodes.Status206PartialContent;
                response.Headers.ContentRange = $"bytes {range.First}-{range.Last}/{size}";
            }

            response.ContentLength = range.Length;
            await SendAsync(file, range, response.Body, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task SendAsync(
        FileStream file,
        ByteRange range,
        Stream body,
        CancellationToken cancellationToken
    )
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(128 * 1024);
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
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
