using Lading.Oci;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary><c>GET /v2/&lt;name&gt;/blobs/uploads/&lt;id&gt;</c>: the offset of an upload.</summary>
internal sealed class GetUploadEndpoint(RepositoryName repository, string id) : IEndpoint
{
    public async Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        var (upload, turn) = await UploadAnswer
            .TakeAsync(context, repository, id, cancellationToken)
            .ConfigureAwait(false);
        using (turn)
        {
            UploadAnswer.Describe(context, upload, StatusCodes.Status204NoContent);
        }
    }
}
