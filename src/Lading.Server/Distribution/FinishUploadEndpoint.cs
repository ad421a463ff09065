using Lading.Oci;

namespace Lading.Server.Distribution;

/// <summary>
/// <c>PUT /v2/&lt;name&gt;/blobs/uploads/&lt;id&gt;?digest=</c>: the last part, the whole blob, or no more bytes; and the digest of the
/// whole.
/// </summary>
internal sealed class FinishUploadEndpoint(RepositoryName repository, string id) : IEndpoint
{
    public async Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        var digest = context.QueryDigest() ?? throw DistributionException.DigestInvalid("the query has no digest", id);
        var (upload, turn) = await UploadAnswer
            .TakeAsync(context, repository, id, cancellationToken)
            .ConfigureAwait(false);
        using (turn)
        {
            await UploadAnswer.AppendAsync(context, upload, cancellationToken).ConfigureAwait(false);
            await UploadAnswer.FinishAsync(context, upload, digest, cancellationToken).ConfigureAwait(false);
        }
    }
}
