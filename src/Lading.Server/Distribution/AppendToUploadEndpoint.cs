using Lading.Oci;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary><c>PATCH /v2/&lt;name&gt;/blobs/uploads/&lt;id&gt;</c>: the next part, or a stream of unknown length.</summary>
internal sealed class AppendToUploadEndpoint(RepositoryName repository, string id) : IEndpoint
{
    public async Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        var (upload, turn) = await UploadAnswer
            .TakeAsync(context, repository, id, cancellationToken)
            .ConfigureAwait(false);
        using (turn)
        {
            await UploadAnswer.AppendAsync(context, upload, cancellationToken).ConfigureAwait(false);
            UploadAnswer.Describe(context, upload, StatusCodes.Status202Accepted);
        }
    }
}
