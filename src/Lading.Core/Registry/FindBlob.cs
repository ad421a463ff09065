using System.Net;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>HEAD of a blob (distribution-spec 1.1, end-2): its size, null if it does not exist.</summary>
/// <param name="Repository">The repository of the lookup.</param>
/// <param name="Digest">The blob.</param>
/// <param name="IsBeforePush">True if a push follows if it does not exist. The login then covers both, and a registry without this
/// endpoint (public ECR) counts as not having it.</param>
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
