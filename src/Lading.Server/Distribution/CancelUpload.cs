using Lading.Oci;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary><c>DELETE /v2/&lt;name&gt;/blobs/uploads/&lt;id&gt;</c>: gives it up.</summary>
internal sealed class CancelUpload(RepositoryName repository, string id) : IEndpoint
{
    public async Task AnswerAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var (upload, turn) = await UploadAnswer
            .TakeAsync(exchange, repository, id, cancellationToken)
            .ConfigureAwait(false);
        using (turn)
        {
            exchange.Registry.Uploads.End(upload);
        }

        exchange.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
