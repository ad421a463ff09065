using Lading.Oci;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary><c>GET</c> and <c>HEAD /v2/&lt;name&gt;/blobs/&lt;digest&gt;</c>, whole or a range.</summary>
internal sealed class GetBlobEndpoint(RepositoryName repository, Digest digest) : IEndpoint
{
    public async Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        var file = context.Open(repository).Blobs.Open(digest) ?? throw DistributionException.BlobUnknown(digest);
        await using (file.ConfigureAwait(false))
        {
            var response = context.Response;
            var size = file.Length;
            response.ContentType = "application/octet-stream";
            response.Headers.AcceptRanges = "bytes";
            response.Headers["Docker-Content-Digest"] = digest.ToString();
            response.Headers.ETag = $"\"{digest}\"";
            if (context.IsHead)
            {
                response.ContentLength = size;
                return;
            }

            var range = ByteRange.Whole(size);
            if (ByteRange.TryParse(context.Request.Headers.Range, size, out var requested))
            {
                if (requested is not { } part)
                {
                    response.Headers.ContentRange = $"bytes */{size}";
                    throw new DistributionException(416, "SIZE_INVALID", $"the blob has {size} bytes");
                }

                range = part;
                response.StatusCode = StatusCodes.Status206PartialContent;
                response.Headers.ContentRange = $"bytes {range.First}-{range.Last}/{size}";
            }

            response.ContentLength = range.Length;
            await FileBody.SendAsync(response, file, range, cancellationToken).ConfigureAwait(false);
        }
    }
}
