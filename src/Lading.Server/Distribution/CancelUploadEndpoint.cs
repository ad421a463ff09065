using Lading.Oci;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary><c>DELETE /v2/&lt;name&gt;/blobs/uploads/&lt;id&gt;</c>: cancels an upload.</summary>
internal sealed class CancelUploadEndpoint(RepositoryName repository, string id) : IEndpoint
{
    public async Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        var (upload, turn) = await UploadAnswer
            .TakeAsync(context, repository, id, cancellationToken)
            .ConfigureAwait(false);
        using (turn)
        {
            context.Registry.Uploads.End(upload);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
