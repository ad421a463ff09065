using Lading.Oci;

namespace Lading.Server.Distribution;

/// <summary><c>GET</c> and <c>HEAD /v2/&lt;name&gt;/manifests/&lt;reference&gt;</c>: the pushed bytes, whatever the client accepts.</summary>
internal sealed class GetManifestEndpoint(RepositoryName repository, ManifestReference reference) : IEndpoint
{
    public async Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        var manifest = await context
            .Open(repository)
            .FindManifestContentAsync(reference, cancellationToken)
            .ConfigureAwait(false);
        if (manifest is null || context.Registry.IsArchived(repository, manifest.Digest))
        {
            throw DistributionException.ManifestUnknown(reference.ToString());
        }

        context.Response.Headers["Docker-Content-Digest"] = manifest.Digest.ToString();
        context.Response.Headers.ETag = $"\"{manifest.Digest}\"";
        await context.WriteAsync(200, manifest.MediaType, manifest.Bytes, cancellationToken).ConfigureAwait(false);
    }
}
