using Lading.Layout;
using Lading.Oci;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary><c>POST /v2/&lt;name&gt;/blobs/uploads/</c>: begins an upload, or does it whole (<c>digest</c>), or mounts (<c>mount</c>, <c>from</c>).</summary>
internal sealed class StartUpload(RepositoryName repository) : IEndpoint
{
    public async Task AnswerAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var digest = exchange.QueryDigest();
        var mount = exchange.Query("mount") is { } text ? DistributionException.DigestOf(text) : (Digest?)null;
        var target = await exchange.OpenForPushAsync(repository, cancellationToken).ConfigureAwait(false);
        if (mount is { } wanted && await MountAsync(exchange, target, wanted, cancellationToken).ConfigureAwait(false))
        {
            UploadAnswer.Created(exchange, repository, wanted);
            return;
        }

        var upload = exchange.Registry.Uploads.Start(repository);
        if (digest is not { } whole)
        {
            UploadAnswer.Describe(exchange, upload, StatusCodes.Status202Accepted);
            return;
        }

        try
        {
            await UploadAnswer.AppendAsync(exchange, upload, cancellationToken).ConfigureAwait(false);
            await UploadAnswer.FinishAsync(exchange, upload, whole, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            exchange.Registry.Uploads.End(upload);
        }
    }

    /// <summary>False where no source has the blob: the client then uploads it.</summary>
    private async Task<bool> MountAsync(
        Exchange exchange,
        ImageLayout target,
        Digest digest,
        CancellationToken cancellationToken
    )
    {
        if (target.Blobs.Find(digest) is not null)
        {
            return true;
        }

        var store = exchange.Registry.Store;
        IEnumerable<RepositoryName> sources =
            exchange.Query("from") is not { } text ? store.List()
            : RepositoryName.TryParse(text, out var named) ? [named]
            : [];
        foreach (var name in sources.Where(name => name != repository))
        {
            var source = store.Open(name);
            if (source.Blobs.Find(digest) is { } size)
            {
                var descriptor = new Descriptor { Digest = digest, Size = size };
                var blob = new BlobSource(descriptor, token => source.OpenBlobAsync(descriptor, token), name);
                await target.PutBlobAsync(blob, null, cancellationToken).ConfigureAwait(false);
                return true;
            }
        }

        return false;
    }
}
