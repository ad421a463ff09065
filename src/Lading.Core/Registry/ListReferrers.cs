using System.Net;
using Lading.Oci;

namespace Lading.Registry;

/// <summary>A page of the referrers of a manifest (distribution-spec 1.1, end-12a); null where the registry does not have that interface.</summary>
internal sealed record ListReferrers(RepositoryName Repository, Digest Subject, Uri? Page)
    : IRegistryRequest<ListedPage<Descriptor>?>
{
    public string Attempted => $"Could not list the referrers of {Subject} in {Repository}";

    public RegistryScope Scope => new(Repository, Push: false);

    public HttpRequestMessage CreateMessage(Uri root) =>
        new(HttpMethod.Get, Page ?? new Uri(root, $"v2/{Repository}/referrers/{Subject}"));

    public bool IsAnswer(HttpStatusCode status) =>
        status is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed;

    public async Task<ListedPage<Descriptor>?> ReadAsync(
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return null;
        }

        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var index = ManifestContent.Parse(bytes, MediaTypes.OciIndex);
        return new ListedPage<Descriptor>(index.Children, NextPage.Of(response));
    }
}
