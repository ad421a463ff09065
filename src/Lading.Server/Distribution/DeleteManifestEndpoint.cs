using Lading.Layout;
using Lading.Oci;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary>
/// <c>DELETE /v2/&lt;name&gt;/manifests/&lt;reference&gt;</c>: a single tag, or a manifest with all its tags, unless a tagged index
/// contains it.
/// </summary>
internal sealed class DeleteManifestEndpoint(RepositoryName repository, ManifestReference reference) : IEndpoint
{
    public async Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        var removal = new LayoutRemoval(context.Open(repository));
        if (!await RemoveAsync(removal, cancellationToken).ConfigureAwait(false))
        {
            throw DistributionException.ManifestUnknown(reference.ToString());
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentLength = 0;
    }

    private async Task<bool> RemoveAsync(LayoutRemoval removal, CancellationToken cancellationToken)
    {
        if (reference.Tag is { } tag)
        {
            return await removal.RemoveTagAsync(tag, cancellationToken).ConfigureAwait(false) is not null;
        }

        try
        {
            var tags = await removal
                .RemoveManifestAsync(
                    reference.Digest!.Value,
                    (index, parent) => index.TagsOf(parent).Count > 0,
                    cancellationToken
                )
                .ConfigureAwait(false);
            return tags is not null;
        }
        catch (ImageIsReferencedException kept)
        {
            throw DistributionException.Unsupported(kept.Message);
        }
    }
}
