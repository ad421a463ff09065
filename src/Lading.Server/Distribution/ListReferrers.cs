using System.Text.Json;
using Lading.Oci;

namespace Lading.Server.Distribution;

/// <summary><c>GET /v2/&lt;name&gt;/referrers/&lt;digest&gt;</c>: an index of the manifests with this subject, of one artifact type where that is asked for.</summary>
internal sealed class ListReferrers(RepositoryName repository, Digest subject) : IEndpoint
{
    public async Task AnswerAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var referrers = await exchange
            .Registry.Store.Open(repository)
            .ListReferrersAsync(subject, cancellationToken)
            .ConfigureAwait(false);
        if (exchange.Query("artifactType") is { Length: > 0 } type)
        {
            referrers = [.. referrers.Where(referrer => referrer.ArtifactType == type)];
            exchange.Response.Headers["OCI-Filters-Applied"] = "artifactType";
        }

        var index = new ManifestDocument
        {
            SchemaVersion = 2,
            MediaType = MediaTypes.OciIndex,
            Manifests = referrers,
        };
        await exchange
            .WriteAsync(
                200,
                MediaTypes.OciIndex,
                JsonSerializer.SerializeToUtf8Bytes(index, OciJson.Default.ManifestDocument),
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
