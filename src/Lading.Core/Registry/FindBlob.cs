using System.Net;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>HEAD of a blob (distribution-spec 1.1, end-2): its size, null if it is not there.</summary>
/// <param name="Repository">Where it is looked for.</param>
/// <param name="Digest">The blob.</param>
/// <param name="IsBeforePush">
/// True if it is sent if it is not there. The login is then asked for once for both, and a registry that does not answer
/// this question (public ECR) is taken to say no.
/// </param>
internal sealed record FindBlob(RepositoryName Repository, Digest Digest, bool IsBeforePush = false)
    : IRegistryRequest<long?>
{
    public string Attempted => $"Could not look for blob {Digest} in {Repository}";

    public ScopeSet Scope => new RegistryScope(Repository, IsBeforePush);

    public HttpRequestMessage CreateMessage(Uri root) =>
        new(HttpMethod.Head, new Uri(root, $"v2/{Repository}/blobs/{Digest}"));

    public bool IsAnswer(HttpStatusCode status) =>
        status is HttpStatusCode.OK or HttpStatusCode.NotFound
        || (
            IsBeforePush
            && status is HttpStatusCode.MethodNotAllowed or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        );

    public Task<long?> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken) =>
        Task.FromResult(answer.Status == HttpStatusCode.OK ? answer.BodyHeaders.ContentLength ?? 0 : (long?)null);
}
