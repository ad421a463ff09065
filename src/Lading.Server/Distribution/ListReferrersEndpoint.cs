using System.Text.Json;
using Lading.Oci;

namespace Lading.Server.Distribution;

/// <summary>
/// <c>GET /v2/&lt;name&gt;/referrers/&lt;digest&gt;</c>: an index of the manifests with this subject, optionally of one artifact type;
/// in pages if it would be larger than a manifest may be.
/// </summary>
internal sealed class ListReferrersEndpoint(RepositoryName repository, Digest subject) : IEndpoint
{
    public async Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        var found = await context
            .Registry.Store.Open(repository)
            .ListReferrersAsync(subject, cancellationToken)
            .ConfigureAwait(false);
        var type = context.Query("artifactType") is { Length: > 0 } requested ? requested : null;
        if (type is not null)
        {
            context.Response.Headers["OCI-Filters-Applied"] = "artifactType";
        }

        var last = context.Query("last") ?? "";
        var referrers = found
            .Where(referrer => type is null || referrer.ArtifactType == type)
            .Where(referrer => string.CompareOrdinal(referrer.Digest.ToString(), last) > 0)
            .OrderBy(referrer => referrer.Digest.ToString(), StringComparer.Ordinal);
        var (page, isLast) = ReferrerPage.Of(referrers, NamePage.CountOf(context));
        if (!isLast)
        {
            Link(context, page[^1].Digest, type);
        }

        var index = new ManifestDocument
        {
            SchemaVersion = 2,
            MediaType = MediaTypes.OciIndex,
            Manifests = page,
        };
        await context
            .WriteAsync(
                200,
                MediaTypes.OciIndex,
                JsonSerializer.SerializeToUtf8Bytes(index, OciJson.Default.ManifestDocument),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private static void Link(RegistryContext context, Digest last, string? type)
    {
        var query = $"?last={last}";
        query += type is null ? "" : $"&artifactType={Uri.EscapeDataString(type)}";
        query += context.Query("n") is { } count ? $"&n={Uri.EscapeDataString(count)}" : "";
        context.Response.Headers.Link = $"<{context.Request.Path}{query}>; rel=\"next\"";
    }
}
