using System.Text.Json;
using Lading.Oci;

namespace Lading.Server.Distribution;

/// <summary><c>GET /v2/&lt;name&gt;/referrers/&lt;digest&gt;</c>: an index of the manifests with this subject, of one artifact type where that is asked for; in parts where it would be larger than a manifest may be.</summary>
internal sealed class ListReferrers(RepositoryName repository, Digest subject) : IEndpoint
{
    public async Task AnswerAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var found = await exchange
            .Registry.Store.Open(repository)
            .ListReferrersAsync(subject, cancellationToken)
            .ConfigureAwait(false);
        var type = exchange.Query("artifactType") is { Length: > 0 } asked ? asked : null;
        if (type is not null)
        {
            exchange.Response.Headers["OCI-Filters-Applied"] = "artifactType";
        }

        var last = exchange.Query("last") ?? "";
        var referrers = found
            .Where(referrer => type is null || referrer.ArtifactType == type)
            .Where(referrer => string.CompareOrdinal(referrer.Digest.ToString(), last) > 0)
            .OrderBy(referrer => referrer.Digest.ToString(), StringComparer.Ordinal);
        var (page, isLast) = ReferrerPage.Of(referrers, NamePage.CountOf(exchange));
        if (!isLast)
        {
            Link(exchange, page[^1].Digest, type);
        }

        var index = new ManifestDocument
        {
            SchemaVersion = 2,
            MediaType = MediaTypes.OciIndex,
            Manifests = page,
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

    private static void Link(Exchange exchange, Digest last, string? type)
    {
        var query = $"?last={last}";
        query += type is null ? "" : $"&artifactType={Uri.EscapeDataString(type)}";
        query += exchange.Query("n") is { } count ? $"&n={Uri.EscapeDataString(count)}" : "";
        exchange.Response.Headers.Link = $"<{exchange.Request.Path}{query}>; rel=\"next\"";
    }
}
