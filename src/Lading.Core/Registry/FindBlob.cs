using System.Net;
using Lading.Oci;

namespace Lading.Registry;

/// <summary>HEAD of a blob (distribution-spec 1.1, end-2): its size, null where it is not there.</summary>
internal sealed record FindBlob(RepositoryName Repository, Digest Digest) : IRegistryRequest<long?>
{
    public string Attempted => $"Could not look for blob {Digest} in {Repository}";

    public RegistryScope Scope => new(Repository, Push: false);

    public HttpRequestMessage CreateMessage(Uri root) =>
        new(HttpMethod.Head, new Uri(root, $"v2/{Repository}/blobs/{Digest}"));

    public bool IsAnswer(HttpStatusCode status) =>
        status is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed;

    public Task<long?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        Task.FromResult(
            response.StatusCode == HttpStatusCode.OK ? response.Content.Headers.ContentLength ?? 0 : (long?)null
        );
}
