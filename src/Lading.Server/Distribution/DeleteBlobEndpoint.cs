using Lading.Layout;
using Lading.Oci;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary><c>DELETE /v2/&lt;name&gt;/blobs/&lt;digest&gt;</c>, unless a manifest refers to it.</summary>
internal sealed class DeleteBlobEndpoint(RepositoryName repository, Digest digest) : IEndpoint
{
    public async Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        try
        {
            var removal = new LayoutRemoval(context.Open(repository));
            if (!await removal.RemoveBlobAsync(digest, cancellationToken).ConfigureAwait(false))
            {
                throw DistributionException.BlobUnknown(digest);
            }
        }
        catch (ImageIsReferencedException kept)
        {
            throw DistributionException.Unsupported(kept.Message);
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentLength = 0;
    }
}
