using Lading.Oci;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary><c>GET /v2/&lt;name&gt;/blobs/uploads/&lt;id&gt;</c>: how far it has come.</summary>
internal sealed class ReadUpload(RepositoryName repository, string id) : IEndpoint
{
    public async Task AnswerAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var (upload, turn) = await UploadAnswer
            .TakeAsync(exchange, repository, id, cancellationToken)
            .ConfigureAwait(false);
        using (turn)
        {
            UploadAnswer.Describe(exchange, upload, StatusCodes.Status204NoContent);
        }
    }
}
