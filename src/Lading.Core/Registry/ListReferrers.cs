using System.Net;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>A page of the referrers of a manifest (distribution-spec 1.1, end-12a); null if the registry does not have that API.</summary>
internal sealed record ListReferrers(RepositoryName Repository, Digest Subject, Uri? Page)
    : IRegistryRequest<ListedPage<Descriptor>?>
{
    private const int LargestAnswer = 16 * 1024 * 1024;

    public string Attempted => $"Could not list the referrers of {Subject} in {Repository}";

    public ScopeSet Scope => new RegistryScope(Repository, Push: false);

    public HttpRequestMessage CreateMessage(Uri root) =>
        new(HttpMethod.Get, Page ?? new Uri(root, $"v2/{Repository}/referrers/{Subject}"));

    public bool IsAnswer(HttpStatusCode status) =>
        status
            is HttpStatusCode.OK
                or HttpStatusCode.NotFound
                or HttpStatusCode.MethodNotAllowed
                or HttpStatusCode.BadRequest
                or HttpStatusCode.NotImplemented;

    public async Task<ListedPage<Descriptor>?> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Status != HttpStatusCode.OK)
        {
            return null;
        }

        var bytes = await answer.ReadBodyAsync(LargestAnswer, cancellationToken).ConfigureAwait(false);
        var index = ManifestContent.Parse(bytes, MediaTypes.OciIndex);
        return new ListedPage<Descriptor>(index.Children, NextPage.Of(answer));
    }
}
