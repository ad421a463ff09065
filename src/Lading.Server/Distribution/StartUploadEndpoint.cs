using Lading.Layout;
using Lading.Oci;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary>
/// <c>POST /v2/&lt;name&gt;/blobs/uploads/</c>: starts an upload, completes one in a single request (<c>digest</c>), or mounts a blob
/// (<c>mount</c>, <c>from</c>).
/// </summary>
internal sealed class StartUploadEndpoint(RepositoryName repository) : IEndpoint
{
    public async Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        var digest = context.QueryDigest();
        var mount = context.Query("mount") is { } text ? DistributionException.DigestOf(text) : (Digest?)null;
        var target = await context.OpenForPushAsync(repository, cancellationToken).ConfigureAwait(false);
        if (mount is { } wanted && await MountAsync(context, target, wanted, cancellationToken).ConfigureAwait(false))
        {
            UploadAnswer.Created(context, repository, wanted);
            return;
        }

        var upload = context.Registry.Uploads.Start(repository);
        if (digest is not { } whole)
        {
            UploadAnswer.Describe(context, upload, StatusCodes.Status202Accepted);
            return;
        }

        try
        {
            await UploadAnswer.AppendAsync(context, upload, cancellationToken).ConfigureAwait(false);
            await UploadAnswer.FinishAsync(context, upload, whole, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            context.Registry.Uploads.End(upload);
        }
    }

    /// <summary>False if no source (<c>from</c>, by default any repository) has the blob: the client then uploads it.</summary>
    private async Task<bool> MountAsync(
        RegistryContext context,
        ImageLayout target,
        Digest digest,
        CancellationToken cancellationToken
    )
    {
        if (target.Blobs.Find(digest) is not null)
        {
            return true;
        }

        var store = context.Registry.Store;
        IEnumerable<RepositoryName> sources =
            context.Query("from") is not { } text ? store.List(cancellationToken)
            : RepositoryName.TryParse(text, out var named) ? [named]
            : [];
        foreach (var name in sources.Where(name => name != repository))
        {
            if (store.TryOpen(name) is { } source && source.Blobs.Find(digest) is { } size)
            {
                var descriptor = new Descriptor { Digest = digest, Size = size };
                var blob = new ReadableBlob(descriptor, token => source.OpenBlobAsync(descriptor, token), name);
                await target.PutBlobAsync(blob, null, cancellationToken).ConfigureAwait(false);
                return true;
            }
        }

        return false;
    }
}
