using Lading.Layout;
using Lading.Oci;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary><c>DELETE /v2/&lt;name&gt;/blobs/&lt;digest&gt;</c>, unless a manifest needs it.</summary>
internal sealed class DeleteBlob(RepositoryName repository, Digest digest) : IEndpoint
{
    public async Task AnswerAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        try
        {
            var removal = new LayoutRemoval(exchange.Open(repository));
            if (!await removal.RemoveBlobAsync(digest, cancellationToken).ConfigureAwait(false))
            {
                throw DistributionException.BlobUnknown(digest);
            }
        }
        catch (ImageIsReferencedException kept)
        {
            throw DistributionException.Unsupported(kept.Message);
        }

        exchange.Response.StatusCode = StatusCodes.Status202Accepted;
        exchange.Response.ContentLength = 0;
    }
}
